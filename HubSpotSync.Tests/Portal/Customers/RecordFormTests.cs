using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Customers;

public sealed class RecordFormTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_new_customer_is_kept_normalised_and_sending_it_twice_makes_one()
    {
        var form = await _member.GetAsync("/customers/new");
        var fields = new[]
        {
            ("Fields[first_name]", " Ada "), ("Fields[last_name]", "Lovelace"),
            ("Fields[email]", "Ada.Canary@Example.COM"),
        };

        var first = await _member.SubmitAsync(form, "Create customer", fields);
        var second = await _member.SubmitAsync(form, "Create customer", fields);

        Assert.Equal(HttpStatusCode.Redirect, first.Status);
        Assert.Equal(first.Location, second.Location);
        Assert.Equal(
            ["Ada|Lovelace|ada.canary@example.com|local"],
            await _portal.Database.ListAsync<string>(
                "select concat_ws('|', first_name, last_name, email, source) from customers"));
        var page = await _member.FollowAsync(first);
        Assert.Equal("Ada Lovelace", page.Heading);
        Assert.Contains("HubSpot is not connected", page.Words, StringComparison.Ordinal);
        Assert.Equal(
            ["customer.created"], await _portal.Database.ListAsync<string>("select kind from activities"));
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field_and_nothing_is_saved()
    {
        await _portal.AddCustomerAsync("Bea", "Taken", "taken.canary@example.com");
        var form = await _member.GetAsync("/customers/new");

        var nobody = await _member.SubmitAsync(form, "Create customer", ("Fields[city]", "London"));
        var crooked = await _member.SubmitAsync(form, "Create customer", ("Fields[email]", "ada@exmaple"));
        var taken = await _member.SubmitAsync(form, "Create customer", ("Fields[email]", "Taken.canary@example.com"));

        Assert.Contains("Give at least a name or an e-mail", nobody.Words, StringComparison.Ordinal);
        Assert.Equal("London", nobody.ByLabel("City")?.GetAttribute("value"));
        Assert.Contains("not an e-mail address", crooked.All(".invalid-feedback").Single(), StringComparison.Ordinal);
        Assert.Contains("Another customer has this e-mail", taken.Words, StringComparison.Ordinal);
        Assert.Equal(1L, await _portal.CountAsync("customers"));
        Assert.Equal(0L, await _portal.CountAsync("activities"));
    }

    [Fact]
    public async Task An_edit_changes_its_fields_only_and_says_before_and_after()
    {
        var id = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        var form = await _member.GetAsync($"/customers/{id}/edit");

        var saved = await _member.SubmitAsync(form, "Save", ("Fields[city]", "London"), ("Fields[last_name]", "King"));

        Assert.Equal($"/customers/{id}", saved.Location);
        Assert.Equal(
            ["""{"city": [null, "London"], "last_name": ["Lovelace", "King"]}"""],
            await _portal.Database.ListAsync<string>("select fields::text from activities"));
        Assert.Equal(
            ["city", "last_name"],
            await _portal.Database.ListAsync<string>(
                $$"""
                select key from customers, jsonb_each(field_clock)
                  where id = '{{id}}' and value->>'by' like 'user:%' order by key
                """));
    }

    [Fact]
    public async Task A_company_is_created_edited_archived_and_restored()
    {
        var created = await _member.SubmitAsync(
            await _member.GetAsync("/companies/new"), "Create company",
            ("Fields[name]", "Engines"), ("Fields[domain]", "Engines.Example"));
        var path = created.Location!; // created
        await _member.SubmitAsync(await _member.GetAsync($"{path}/edit"), "Save", ("Fields[city]", "Paris"));

        var page = await _member.GetAsync(path);
        await _member.SubmitAsync(page, "Archive");
        var archived = await _member.GetAsync(path);
        var list = await _member.GetAsync("/companies");
        await _member.SubmitAsync(archived, "Restore");

        Assert.Contains("engines.example", page.Words, StringComparison.Ordinal);
        Assert.Contains("Paris", page.Words, StringComparison.Ordinal);
        Assert.Empty(list.All(".row-title"));
        Assert.Equal(["Engines"], (await _member.GetAsync("/companies")).All(".row-title"));
        Assert.Equal(
            ["company.created", "company.edited", "company.archived", "company.restored"],
            await _portal.Database.ListAsync<string>("select kind from activities order by id"));
    }

    [Fact]
    public async Task A_customer_is_not_restored_into_an_address_that_somebody_has_by_now()
    {
        var old = await _portal.AddCustomerAsync("Ada", "Old", "same.canary@example.com");
        await _member.PostWithTokenAsync($"/customers/{old}/archive");
        await _portal.AddCustomerAsync("Ada", "New", "same.canary@example.com");

        var answer = await _member.FollowAsync(
            await _member.PostWithTokenAsync($"/customers/{old}/archive?handler=Restore"));

        Assert.Contains("Another customer has this e-mail", answer.Words, StringComparison.Ordinal);
        Assert.Equal(1L, await _portal.CountAsync("customers where archived_at is null"));
    }

    [Fact]
    public async Task Two_people_who_change_different_fields_both_keep_theirs()
    {
        var id = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var (mine, theirs) = (
            await _member.GetAsync($"/customers/{id}/edit"), await admin.GetAsync($"/customers/{id}/edit"));
        await admin.SubmitAsync(theirs, "Save", ("Fields[city]", "Paris"));

        var saved = await _member.FollowAsync(
            await _member.SubmitAsync(mine, "Save", ("Fields[country]", "France")));

        Assert.Contains("Somebody else changed other fields meanwhile", saved.Words, StringComparison.Ordinal);
        Assert.Equal("Paris|France", await PlaceAsync());
    }

    [Theory]
    [InlineData("mine", "London")]
    [InlineData("theirs", "Paris")]
    public async Task Whoever_saves_the_same_field_second_sees_both_values_and_chooses(string choice, string kept)
    {
        var id = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var (mine, theirs) = (
            await _member.GetAsync($"/customers/{id}/edit"), await admin.GetAsync($"/customers/{id}/edit"));
        await admin.SubmitAsync(theirs, "Save", ("Fields[city]", "Paris"), ("Fields[state]", "IDF"));

        var clash = await _member.SubmitAsync(
            mine, "Save", ("Fields[city]", "London"), ("Fields[country]", "England"));
        var unchosen = await _member.SubmitAsync(clash, "Save");
        var saved = await _member.SubmitAsync(unchosen, "Save", ("Choice[city]", choice));

        Assert.Contains("Admin admin.canary saved this meanwhile", clash.Words, StringComparison.Ordinal);
        Assert.Equal(["YoursLondon", "Admin admin.canary'sParis"], clash.All(".clash-choice label"));
        Assert.Equal(HttpStatusCode.OK, unchosen.Status);
        Assert.Equal(HttpStatusCode.Redirect, saved.Status);
        Assert.Equal($"{kept}|England", await PlaceAsync());
        Assert.Equal("IDF", await _portal.Database.ScalarAsync<string>("select state from customers"));
    }

    [Fact]
    public async Task A_field_that_HubSpot_owns_is_no_input_and_refused_with_where_to_edit_it()
    {
        var connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync(
            """
            update hubspot_connections
              set first_run_done_at = now(), contact_rules = '{"city": {"direction": "In"}}'
            """);
        var id = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com", "lead");
        await _portal.AddLinkAsync(connection, "Contact", id, 501);

        var form = await _member.GetAsync($"/customers/{id}/edit");
        var refused = await _member.SubmitAsync(
            form, "Save", ("Fields[city]", "London"), ("Fields[state]", "X"), ("Fields[lifecycle_stage]", "customer"));
        var allowed = await _member.SubmitAsync(form, "Save", ("Fields[state]", "X"));

        Assert.Null(form.ByLabel("City"));
        Assert.NotNull(form.ByLabel("State"));
        Assert.Contains("City belongs to HubSpot. Edit it there", refused.Words, StringComparison.Ordinal);
        Assert.Contains("Lifecycle stage belongs to HubSpot", refused.Words, StringComparison.Ordinal);
        Assert.Contains(
            refused.Html.QuerySelectorAll("a"),
            link => link.GetAttribute("href") == "https://app.hubspot.com/contacts/4711/record/0-1/501");
        Assert.Equal(HttpStatusCode.Redirect, allowed.Status);
        Assert.Equal(
            "null lead X", await _portal.Database.ScalarAsync<string>(
                "select concat_ws(' ', coalesce(city, 'null'), lifecycle_stage, state) from customers"));
    }

    [Fact]
    public async Task Where_HubSpot_is_the_source_only_what_it_has_is_locked()
    {
        var connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync("update hubspot_connections set mode = 'HubSpotIsSource'");
        var theirs = await _portal.AddCustomerAsync("Ada", "Linked", "linked.canary@example.com");
        var ours = await _portal.AddCustomerAsync("Bea", "Ours", "ours.canary@example.com");
        await _portal.AddLinkAsync(connection, "Contact", theirs, 501);

        Assert.Null((await _member.GetAsync($"/customers/{theirs}/edit")).ByLabel("First name"));
        Assert.NotNull((await _member.GetAsync($"/customers/{ours}/edit")).ByLabel("First name"));
        var page = await _member.GetAsync($"/customers/{ours}");
        Assert.Contains("nothing is written there", page.All("#sync").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_card_asks_again_until_HubSpot_has_it_and_then_says_so()
    {
        var connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync("update hubspot_connections set first_run_done_at = now()");
        var created = await _member.SubmitAsync(
            await _member.GetAsync("/customers/new"), "Create customer", ("Fields[last_name]", "Lovelace"));
        var id = created.Location!.Split('/')[^1]; // created

        var waiting = await _member.FollowAsync(created);
        await _portal.Database.ExecuteAsync(
            $$"""
            delete from sync_requests;
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, local_id, hubspot_id, state,
                reason)
              select id, 'Contact', 'h501', workspace_id, '{{id}}', 501, 'InSync', 'Agreed' from hubspot_connections;
            insert into record_changes (workspace_id, connection_id, kind, local_id, side, action, fields, cause)
              select workspace_id, id, 'Contact', '{{id}}', 'HubSpot', 'Create', '{}', 'New here'
              from hubspot_connections
            """);
        await _portal.AddLinkAsync(connection, "Contact", Guid.Parse(id), 501);
        var next = waiting.Html.QuerySelector("#sync")!.GetAttribute("hx-get")!; // it waits
        var done = await _member.GetAsync(next);

        Assert.Contains("On its way to HubSpot", waiting.Words, StringComparison.Ordinal);
        Assert.Contains("Pushed to HubSpot", done.Words, StringComparison.Ordinal);
        Assert.Null(done.Html.QuerySelector("#sync")!.GetAttribute("hx-get"));
    }

    [Fact]
    public async Task Nobody_reaches_the_customers_of_another_workspace()
    {
        var other = await _portal.AddWorkspaceAsync("Other");
        var id = await _portal.AddCustomerAsync("Eve", "Other", "eve.canary@example.com", workspaceId: other);

        foreach (var path in new[] { "", "/edit", "?handler=Sync" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await _member.GetAsync($"/customers/{id}{path}")).Status);
        }

        var edit = await _member.PostWithTokenAsync($"/customers/{id}/edit", ("Fields[city]", "Paris"));
        var archive = await _member.PostWithTokenAsync($"/customers/{id}/archive");

        Assert.Equal((HttpStatusCode.NotFound, HttpStatusCode.NotFound), (edit.Status, archive.Status));
        Assert.Equal(1L, await _portal.CountAsync("customers where city is null and archived_at is null"));
    }

    private Task<string> PlaceAsync() =>
        _portal.Database.ScalarAsync<string>("select city || '|' || country from customers");
}
