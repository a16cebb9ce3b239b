using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

public sealed class MappingTests : IAsyncLifetime
{
    private const string Address = "/settings/integrations/hubspot/mapping";
    private const int JobTitle = 5; // in the order of the standard fields
    private const int Email = 2;
    private const int Stage = 13;

    private PortalHost _portal = null!; // set before each test
    private PageClient _admin = null!; // likewise
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        await _portal.AddStructureAsync(_connection);
        await _portal.Database.ExecuteAsync("update hubspot_connections set first_run_done_at = now()");
        _admin = await _portal.AsAsync(WorkspaceRole.Admin);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Every_field_stands_beside_its_property_with_both_types_and_what_may_be_chosen()
    {
        var page = await _admin.GetAsync(Address);

        Assert.Equal("15 fields kept in step", page.Heading);
        var stage = page.Html.QuerySelectorAll($"#field-{Stage} option[disabled]").Select(option => option.TextContent);
        Assert.Equal(["Both ways", "To HubSpot"], stage);
        Assert.Contains("First name Text", page.All("#field-0 .map-side").First(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_change_says_whom_it_touches_and_is_saved_only_then_with_who_and_what()
    {
        await LinkAsync("Ada", 501, "Engineer");
        await LinkAsync("Bea", 502, null);
        var page = await _admin.GetAsync(Address);

        var shown = await _admin.SubmitAsync(
            page, "See what this changes", ($"Input.Fields[{JobTitle}].Direction", "In"));
        var before = await RulesAsync();
        var saved = await _admin.SubmitAsync(shown, "Save mapping");

        Assert.Equal("Contacts: Job title Both ways becomes From HubSpot", shown.All("#changes .diff").Single());
        Assert.Contains("2 linked records, of which 1 have a value here", shown.Words, StringComparison.Ordinal);
        Assert.Equal("{}", before);
        Assert.Equal(Address, saved.Location);
        Assert.Equal("""{"job_title": {"direction": "In"}}""", await RulesAsync());
        Assert.Equal("Both In", await _portal.Database.ScalarAsync<string>(
            """
            select (before #>> '{Contact.job_title,direction}') || ' ' || (after #>> '{Contact.job_title,direction}')
              from audit_log where action = 'hubspot.mapping_changed' and user_id is not null
            """));
        Assert.Equal("Rules Full", await _portal.Database.ScalarAsync<string>(
            "select trigger || ' ' || depth from sync_runs"));
    }

    [Fact]
    public async Task What_was_not_touched_is_kept_as_it_was()
    {
        await AddColourAsync();
        var kept = await CustomAsync();
        var page = await _admin.GetAsync(Address);

        var shown = await _admin.SubmitAsync(page, "See what this changes");

        Assert.Contains("Nothing would change", shown.Words, StringComparison.Ordinal);
        Assert.Equal(kept, await CustomAsync());
    }

    [Fact]
    public async Task A_property_is_added_with_a_table_of_values()
    {
        await AddColourAsync();

        var custom = await CustomAsync();
        Assert.Contains("\"name\": \"favourite_colour\"", custom, StringComparison.Ordinal);
        Assert.Contains("\"pairs\": [{\"local\": \"rouge\", \"hubSpot\": \"r\"}]", custom, StringComparison.Ordinal);
        var page = await _admin.GetAsync(Address);
        Assert.Contains("3 values, 2 without a name here", page.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Values_that_HubSpot_has_no_name_for_are_counted()
    {
        await AddColourAsync();
        foreach (var colour in new[] { "rouge", "mauve", "ocre" })
        {
            var id = await _portal.AddCustomerAsync(colour, null, null);
            await _portal.Database.ExecuteAsync(
                $$"""update customers set custom = '{"favourite_colour": "{{colour}}"}' where id = '{{id}}'""");
        }

        Assert.Contains(
            "2 customers with a value that HubSpot has no name for",
            (await _admin.GetAsync(Address)).Words,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Contact.member_number", "Number", "“Member number” is Text in HubSpot, and you chose Number here.")]
    [InlineData("Contact.home_point", "", "nothing here holds such values")]
    [InlineData("Contact.imagined", "", "Choose a property that is in your HubSpot account")]
    [InlineData("Contact.email", "", "not mapped yet")]
    public async Task Types_that_do_not_go_together_are_refused_with_the_reason(string add, string type, string why)
    {
        var page = await _admin.GetAsync(Address);

        var answer = await _admin.SubmitAsync(page, "Add", ("Input.Add", add), ("Input.AddType", type));

        Assert.Contains(why, answer.All("#add-problem").Single(), StringComparison.Ordinal);
        Assert.DoesNotContain("New", answer.All(".chip"));
    }

    [Theory]
    [InlineData(Stage, "Direction", "Both", "belongs to HubSpot and can only arrive")]
    [InlineData(Email, "Direction", "Off", "Records are told apart by")]
    [InlineData(Email, "Direction", "17", "is invalid")]
    [InlineData(Email, "Name", "imagined", "This field is not there any more")]
    public async Task What_may_not_be_is_refused_at_its_field(int line, string part, string value, string why)
    {
        var page = await _admin.GetAsync(Address);

        var answer = await _admin.SubmitAsync(
            page, "See what this changes", ($"Input.Fields[{line}].{part}", value));

        Assert.Contains(why, answer.All($"#field-{line} .field-problem").Single(), StringComparison.Ordinal);
        Assert.Empty(answer.All("#changes"));
    }

    [Fact]
    public async Task A_calculated_property_can_only_arrive()
    {
        var page = await _admin.GetAsync(Address);
        var added = await _admin.SubmitAsync(page, "Add", ("Input.Add", "Contact.score"));

        var refused = await _admin.SubmitAsync(
            added, "See what this changes", ("Input.Fields[15].Direction", "Both"));

        Assert.Contains("Calculated by HubSpot: it can only arrive", added.Words, StringComparison.Ordinal);
        Assert.Contains(
            "HubSpot calculates “Lead score”",
            refused.All("#field-15 .field-problem").Single(),
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chosen_customers_values_stand_beside_the_fields()
    {
        await LinkAsync("Ada", 501, "Engineer");
        var asked = await _admin.GetAsync($"{Address}?sample=501");
        await _portal.Database.ExecuteAsync(
            """
            update hubspot_structure set wants_sample = null,
              sample = jsonb_build_object('id', 501, 'values', '{"jobtitle": "Boss"}'::jsonb, 'readAt', now())
            """);

        var live = await _admin.GetAsync($"{Address}?handler=Sample&sample=501");
        var found = await _admin.GetAsync($"{Address}?find=ada");
        var foreign = await _admin.GetAsync($"{Address}?sample=999");

        Assert.Equal("Engineer", asked.All($"#here-{JobTitle}").Single());
        Assert.Contains("Reading HubSpot's", asked.Words, StringComparison.Ordinal);
        Assert.Equal("Boss", live.All($"#there-{JobTitle}").Single());
        Assert.Equal(["Ada Sample"], found.All(".find-choices a"));
        Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
    }

    [Fact]
    public async Task Who_saves_over_somebody_elses_change_is_told_and_nothing_is_lost()
    {
        var page = await _admin.GetAsync(Address);
        await _portal.Database.ExecuteAsync(
            """update hubspot_connections set contact_rules = '{"city": {"direction": "Off"}}'""");

        var shown = await _admin.SubmitAsync(
            page, "See what this changes", ($"Input.Fields[{JobTitle}].Direction", "In"));
        var answer = await _admin.SubmitAsync(shown, "Save mapping");

        Assert.Contains("Somebody changed the mapping", answer.Words, StringComparison.Ordinal);
        Assert.Contains("city", await RulesAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_are_users_by_their_e_mail_and_those_who_are_none_are_counted()
    {
        await _portal.Database.ExecuteAsync(
            $"""
            insert into owners (connection_id, id, workspace_id, email, first_name) values
              ('{_connection}', '1', '{_portal.WorkspaceId}',
                upper('{PortalHost.EmailOf(WorkspaceRole.Member)}'), 'Mia'),
              ('{_connection}', '2', '{_portal.WorkspaceId}', 'stranger@example.com', 'Stig')
            """);

        var page = await _admin.GetAsync(Address);

        Assert.Contains("1 owner is no user here", page.Words, StringComparison.Ordinal);
        Assert.Equal("No user", page.All("[aria-labelledby=owners-title] td[data-label=Here]").First());
        Assert.StartsWith(
            "Member", page.All("[aria-labelledby=owners-title] td[data-label=Here]").Last(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WorkspaceRole.Viewer)]
    [InlineData(WorkspaceRole.Member)]
    public async Task Others_than_admins_look_and_change_nothing(WorkspaceRole role)
    {
        var other = await _portal.AsAsync(role);

        var page = await other.GetAsync(Address);
        var sent = await other.PostWithTokenAsync($"{Address}?handler=Save");

        Assert.Contains("You can look at the mapping.", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("See what this changes", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
    }

    private async Task AddColourAsync()
    {
        var page = await _admin.GetAsync(Address);
        var added = await _admin.SubmitAsync(page, "Add", ("Input.Add", "Contact.favourite_colour"));
        var shown = await _admin.SubmitAsync(
            added, "See what this changes", ("Input.Fields[15].Values[0].Local", "rouge"));
        Assert.Contains(
            "Contacts: Favourite colour not mapped becomes Both ways", shown.Words, StringComparison.Ordinal);
        var saved = await _admin.SubmitAsync(shown, "Save mapping");
        Assert.Equal(Address, saved.Location);
    }

    private async Task LinkAsync(string name, long id, string? jobTitle)
    {
        var customer = await _portal.AddCustomerAsync(name, "Sample", $"{name}.canary@example.com");
        await _portal.AddLinkAsync(_connection, "Contact", customer, id);
        if (jobTitle is not null)
        {
            await _portal.Database.ExecuteAsync(
                $"update customers set job_title = '{jobTitle}' where id = '{customer}'");
        }
    }

    private Task<string> RulesAsync() =>
        _portal.Database.ScalarAsync<string>("select contact_rules::text from hubspot_connections");

    private Task<string> CustomAsync() =>
        _portal.Database.ScalarAsync<string>("select custom_fields::text from hubspot_connections");
}
