using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

public sealed class RulesTests : IAsyncLifetime
{
    private const string Address = "/settings/integrations/hubspot/rules";

    private PortalHost _portal = null!; // set before each test
    private PageClient _admin = null!; // likewise
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        await _portal.AddStructureAsync(_connection);
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set first_run_done_at = now(), lifecycle_stages = '{customer}'");
        _admin = await _portal.AsAsync(WorkspaceRole.Admin);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task The_page_says_how_many_would_sync_and_what_becomes_of_the_others_in_one_sentence()
    {
        var page = await _admin.GetAsync(Address);

        Assert.Equal("Customer contacts sync every day at 02:00", page.Heading);
        Assert.Equal(
            "12 of 55 contacts would sync; customers that stop matching stay here, detached: they are no longer "
            + "updated, and nothing is deleted.",
            page.All("[data-scope-sentence]").Single());
    }

    [Theory]
    [InlineData("Stages", "lead", "42 of 55 contacts would sync")]
    [InlineData("Lists", "7", "At most 9 of 55 contacts would sync")]
    [InlineData("Activity", "active", "Counting in HubSpot how many of 55 contacts would sync")]
    [InlineData("Leaving", "Archive", "are archived here and taken back when they match again")]
    public async Task A_choice_is_counted_before_it_is_saved(string field, string value, string said)
    {
        var answer = await SendAsync("?handler=Scope", ("Stages", "customer"), ("ListsShown", "true"), (field, value));

        Assert.Contains(said, answer.Words, StringComparison.Ordinal);
        Assert.Equal(0, await _portal.Database.ScalarAsync<long>("select count(*) from audit_log"));
    }

    [Fact]
    public async Task Activity_is_counted_by_the_worker_and_shown_when_it_has_answered()
    {
        (string, string)[] choice = [("Activity", "active"), ("Days", "30"), ("Stages", "customer")];
        await SendAsync("?handler=Scope", choice);
        var asked = await _portal.Database.ScalarAsync<string>("select wants_count::text from hubspot_structure");
        await _portal.Database.ExecuteAsync(
            """
            update hubspot_structure set wants_count = null, count = jsonb_build_object('question', wants_count,
              'contacts', 5, 'countedAt', now())
            """);

        var answer = await SendAsync("?handler=Scope", choice);

        Assert.Contains("\"days\": 30", asked, StringComparison.Ordinal);
        Assert.Contains("5 of 55 contacts would sync", answer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Saving_keeps_who_changed_what_from_what_to_what_and_asks_for_a_run()
    {
        var page = await _admin.GetAsync(Address);

        var answer = await _admin.SubmitAsync(
            page, "Save rules", ("Input.Scope", "stages"), ("Input.Stages", "lead"), ("Input.Leaving", "Archive"),
            ("Input.Deals", "false"), ("Input.Duplicates", "Ask"), ("Input.Lists", "7"));
        var after = await _admin.GetAsync(Address);

        Assert.Equal("/settings/integrations/hubspot", answer.Location);
        Assert.Equal("{lead} {7} Archive false Ask", await _portal.Database.ScalarAsync<string>(
            """
            select lifecycle_stages::text || ' ' || list_ids::text || ' ' || leaving || ' ' || takes_deals || ' '
              || duplicates from hubspot_connections
            """));
        Assert.Contains("Lifecycle stages Customer became Lead", after.All(".diff li"));
        Assert.Contains("HubSpot lists no matter which became Newsletter", after.All(".diff li"));
        Assert.StartsWith("Admin", after.All(".change-head strong").Single(), StringComparison.Ordinal);
        Assert.Equal("Rules Full", await _portal.Database.ScalarAsync<string>(
            "select string_agg(trigger || ' ' || depth, ', ') from sync_runs"));
    }

    [Theory]
    [InlineData("0 30 7 * * ?", "Schedule=Daily", "Time=07:30")]
    [InlineData("0 5 * * * ?", "Schedule=Hourly", "Minute=5")]
    [InlineData("0 0 6 ? * FRI", "Schedule=Weekly", "Day=Friday", "Time=06:00")]
    [InlineData("0 0 6,18 * * ?", "Schedule=Cron", "Cron=0 0 6,18 * * ?")]
    [InlineData("", "Schedule=Never")]
    public async Task A_schedule_is_kept_and_its_next_time_with_it(string cron, params string[] fields)
    {
        var page = await _admin.GetAsync(Address);

        await _admin.SubmitAsync(page, "Save rules", [.. fields.Select(Field)]);

        Assert.Equal($"{cron}|{(cron.Length > 0 ? "true" : "false")}", await _portal.Database.ScalarAsync<string>(
            "select schedule || '|' || (next_run_at is not null)::text from hubspot_connections"));
        Assert.Equal(0, await _portal.Database.ScalarAsync<long>("select count(*) from sync_runs"));
    }

    [Fact]
    public async Task The_next_three_times_are_told_in_the_workspaces_zone()
    {
        await _portal.Database.ExecuteAsync("update workspaces set time_zone = 'Asia/Tokyo'");

        var answer = await SendAsync("?handler=Times", ("Schedule", "Daily"), ("Time", "07:30"));

        Assert.Equal(3, answer.All("time").Count());
        Assert.All(answer.All("time"), time => Assert.EndsWith("07:30", time, StringComparison.Ordinal));
        Assert.Contains("Asia/Tokyo", answer.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Scope=stages", "Stages=", "#stages-problem", "Choose at least one stage")]
    [InlineData("Scope=stages", "Stages=imagined", "#stages-problem", "not in your HubSpot account any more")]
    [InlineData("Activity=active", "Days=0", "#days-problem", "Say how many days")]
    [InlineData("Schedule=Cron", "Cron=whenever", ".schedule .field-problem", "This is no cron expression")]
    [InlineData("Schedule=Cron", "Cron=0 * * * * ?", ".schedule .field-problem", "more often than every five minutes")]
    [InlineData("Schedule=Cron", "Cron=0 0 0 1 1 ? 2001", ".schedule .field-problem", "This never comes")]
    [InlineData("Schedule=Daily", "Time=soon", ".schedule .field-problem", "Say at what time")]
    [InlineData("Lists=99", "ListsShown=true", "#rule-lists .field-problem", "A list that you chose is not")]
    public async Task What_is_wrong_is_said_at_its_field_and_nothing_is_saved(
        string field, string other, string place, string problem)
    {
        var page = await _admin.GetAsync(Address);

        var answer = await _admin.SubmitAsync(page, "Save rules", Field(field), Field(other));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains(problem, Assert.Single(answer.All(place)), StringComparison.Ordinal);
        Assert.Equal(0, await _portal.Database.ScalarAsync<long>("select count(*) from audit_log"));
    }

    [Fact]
    public async Task Who_saves_over_somebody_elses_change_is_told_first()
    {
        var page = await _admin.GetAsync(Address);
        await _portal.Database.ExecuteAsync("update hubspot_connections set takes_companies = false");

        var answer = await _admin.SubmitAsync(page, "Save rules", ("Input.Leaving", "Archive"));
        var again = await _admin.SubmitAsync(answer, "Save rules");

        Assert.Contains("Somebody changed the rules while", answer.Words, StringComparison.Ordinal);
        Assert.Equal("/settings/integrations/hubspot", again.Location);
    }

    [Theory]
    [InlineData(WorkspaceRole.Viewer)]
    [InlineData(WorkspaceRole.Member)]
    public async Task Others_than_admins_look_and_change_nothing(WorkspaceRole role)
    {
        var other = await _portal.AsAsync(role);

        var page = await other.GetAsync(Address);
        var sent = await other.PostWithTokenAsync(Address, ("Input.Scope", "all"));
        var read = await other.GetAsync($"{Address}?handler=Scope");

        Assert.Contains("You can look at the rules. An admin can change them.", page.Words, StringComparison.Ordinal);
        Assert.DoesNotContain("Save rules", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, sent.Status);
        Assert.Equal(HttpStatusCode.OK, read.Status);
    }

    [Fact]
    public async Task Without_a_connection_there_are_no_rules()
    {
        await _portal.Database.ExecuteAsync("update hubspot_connections set state = 'Disconnected'");

        Assert.Equal("/settings/integrations/hubspot", (await _admin.GetAsync(Address)).Location);
        Assert.Equal("/settings/integrations/hubspot", (await SendAsync("", ("Scope", "all"))).Location);
    }

    private static (string, string) Field(string pair) =>
        ($"Input.{pair[..pair.IndexOf('=', StringComparison.Ordinal)]}",
            pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    private async Task<PageAnswer> SendAsync(string handler, params (string Name, string Value)[] fields)
    {
        var page = await _admin.GetAsync("/account");
        var field = page.Html.QuerySelector("input[name=__RequestVerificationToken]")!; // every form has one
        var token = field.GetAttribute("value")!; // likewise
        using var form = new FormUrlEncodedContent(
            fields.Prepend(("Scope", "stages"))
                .Select(one => KeyValuePair.Create($"Input.{one.Item1}", one.Item2))
                .Append(KeyValuePair.Create("__RequestVerificationToken", token)));
        return await _admin.SendAsync(HttpMethod.Post, Address + handler, form, [("HX-Request", "true")]);
    }
}
