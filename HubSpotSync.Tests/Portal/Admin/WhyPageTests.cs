using System.Net;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

public sealed class WhyPageTests : IAsyncLifetime
{
    private const string Records = "/settings/integrations/hubspot/records";
    private const string Ada = $"{Records}/contact/h501";

    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise
    private Guid _connection;
    private Guid _ada;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        await _portal.AddStructureAsync(_connection);
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set first_run_done_at = now(), lifecycle_stages = '{customer}'");
        _member = await _portal.AsAsync(WorkspaceRole.Member);
        _ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com", "customer");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    public static TheoryData<OutcomeReason> Reasons => [.. Enum.GetValues<OutcomeReason>()];

    [Theory]
    [MemberData(nameof(Reasons))]
    public async Task Whatever_a_look_ended_in_is_named_and_the_last_rule_decides(OutcomeReason reason)
    {
        await _portal.AddLinkAsync(_connection, "Contact", _ada, 501);
        await _portal.AddOutcomeAsync(OutcomeState.Excluded, reason, 501, _ada, detail: "lead");

        var page = await _member.GetAsync(Ada);

        Assert.Equal(HttpStatusCode.OK, page.Status);
        Assert.Equal("Why: Ada Lovelace", page.Heading);
        Assert.Contains(
            HubSpotSync.Portal.Words.ReasonWords.Say(reason, "lead", null)[..12], page.Words, StringComparison.Ordinal);
        Assert.Single(page.All(".why-steps .why-decides"));
        Assert.Equal(page.All(".why-steps .why-decides").Single(), page.All(".why-steps > li").Last());
    }

    [Fact]
    public async Task Rules_are_told_in_their_order_with_what_they_saw_and_what_would_change_it()
    {
        await _portal.Database.ExecuteAsync("update hubspot_connections set list_ids = '{7}'");
        await _portal.AddOutcomeAsync(OutcomeState.Excluded, OutcomeReason.StageNotInScope, 600, null, "lead");

        var page = await _member.GetAsync($"{Records}/contact/h600");

        Assert.Equal("Why: HubSpot contact 600", page.Heading);
        Assert.Equal(
            [
                "Kind of record Your rules bring contacts. Goes on",
                "Lifecycle stage It is Lead, and your rules take Customer. Decides: not synced",
            ],
            page.All(".why-steps > li"));
        Assert.Equal(
            [
                "its stage in HubSpot became Customer and it were put into Newsletter in HubSpot",
                "its stage in HubSpot became Customer and your rules asked for no list",
                "you added Lead to the stages of your rules and it were put into Newsletter in HubSpot",
                "you added Lead to the stages of your rules and your rules asked for no list",
            ],
            page.All(".why-answer li"));
    }

    [Fact]
    public async Task Rules_that_have_changed_since_the_last_look_are_told_as_they_are_now()
    {
        await _portal.AddOutcomeAsync(OutcomeState.Excluded, OutcomeReason.StageNotInScope, 600, null, "lead");
        await _portal.Database.ExecuteAsync("update hubspot_connections set lifecycle_stages = '{customer,lead}'");

        var page = await _member.GetAsync($"{Records}/contact/h600");

        Assert.Contains("have changed since the last look", page.Words, StringComparison.Ordinal);
        Assert.Contains("it is created here", page.All(".why-decides").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_pair_is_detached_and_attached_again_and_both_are_noted()
    {
        await _portal.AddLinkAsync(_connection, "Contact", _ada, 501);
        await _portal.AddOutcomeAsync(OutcomeState.InSync, OutcomeReason.Agreed, 501, _ada);
        await _portal.Database.ExecuteAsync("delete from sync_requests");

        var card = await _member.GetAsync($"/customers/{_ada}");
        var detached = await _member.FollowAsync(await _member.SubmitAsync(card, "Detach"));
        var waiting = await _portal.CountAsync("sync_requests where asked_by is not null");
        await _portal.Database.ExecuteAsync("delete from sync_requests");
        var edit = await _member.GetAsync($"/customers/{_ada}/edit");
        var page = await _member.GetAsync(Ada);
        var attached = await _member.FollowAsync(await _member.SubmitAsync(page, "Attach again"));

        Assert.Equal($"/customers/{_ada}", detached.Path);
        Assert.Contains("Detached. Nothing is written on either side", detached.Words, StringComparison.Ordinal);
        Assert.Equal(1, waiting);
        Assert.StartsWith("Detached Somebody detached it", page.All(".why-decides").Single(), StringComparison.Ordinal);
        Assert.Equal(["somebody attached it again"], page.All(".why-answer li"));
        Assert.Equal(HttpStatusCode.OK, edit.Status);
        Assert.Contains("Attached again.", attached.Words, StringComparison.Ordinal);
        Assert.Equal("record.set_apart, record.taken_back", await _portal.Database.ScalarAsync<string>(
            "select string_agg(action, ', ' order by id) from audit_log where action like 'record.%'"));
        var timeline = (await _member.GetAsync($"/customers/{_ada}")).All(".timeline-list strong");
        Assert.Equal(["Attached to HubSpot again", "Detached from HubSpot"], timeline.Take(2));
    }

    [Fact]
    public async Task The_value_that_lost_is_kept_and_can_be_taken_after_all()
    {
        await _portal.AddLinkAsync(_connection, "Contact", _ada, 501);
        await _portal.Database.ExecuteAsync(
            $"""
            insert into field_conflicts (workspace_id, connection_id, kind, local_id, hubspot_id, field, local_value,
                hubspot_value, rule, winner)
              select workspace_id, id, 'Contact', '{_ada}', 501, 'city', 'London', 'Paris', 'NewestEdit', 'HubSpot'
                from hubspot_connections;
            update customers set city = 'Paris'
            """);

        var page = await _member.GetAsync(Ada);
        var after = await _member.FollowAsync(await _member.SubmitAsync(page, "Use the other value"));

        Assert.Equal(
            ["City Newest edit wins, just now HubSpot's won Paris Ours, kept London Use the other value for City"],
            page.All(".why-conflicts > li"));
        Assert.Equal("London", await _portal.Database.ScalarAsync<string>("select city from customers"));
        Assert.DoesNotContain("Use the other value", after.Words, StringComparison.Ordinal);
        Assert.Equal(1, await _portal.CountAsync("activities where kind = 'customer.edited'"));
    }

    [Fact]
    public async Task A_field_that_asks_is_decided_here()
    {
        await _portal.AddLinkAsync(_connection, "Contact", _ada, 501);
        await _portal.Database.ExecuteAsync(
            $"""
            insert into open_conflicts (connection_id, kind, local_id, field, workspace_id, hubspot_id, local_value,
                hubspot_value)
              select id, 'Contact', '{_ada}', 'city', workspace_id, 501, 'London', 'Paris' from hubspot_connections
            """);
        var page = await _member.GetAsync(Ada);

        var decided = await _member.FollowAsync(
            await _member.SubmitAsync(page, "Take HubSpot's", ("side", "there")));
        var twice = await _member.FollowAsync(
            await _member.SubmitAsync(page, "Take HubSpot's", ("side", "there")));

        Assert.Contains("Decided.", decided.Words, StringComparison.Ordinal);
        Assert.Contains("has decided about this field already", twice.Words, StringComparison.Ordinal);
        Assert.Equal("HubSpot", await _portal.Database.ScalarAsync<string>("select winner from field_conflicts"));
    }

    [Fact]
    public async Task Fields_say_whose_they_are_and_where_to_edit_them_and_changes_come_page_by_page()
    {
        await _portal.AddLinkAsync(_connection, "Contact", _ada, 501);
        var run = await _portal.AddRunAsync(_connection, HubSpotSync.Data.Runs.RunState.Done);
        await _portal.AddChangesAsync(_ada, 45, run);

        var page = await _member.GetAsync(Ada);
        var seen = new List<string>();
        for (var next = Ada; next is not null;)
        {
            var part = await _member.GetAsync(next);
            seen.AddRange(part.All("#record-changes .diff ins"));
            next = part.Html.QuerySelector("#record-changes .card-footer a")?.GetAttribute("hx-get");
        }

        Assert.Contains("Lifecycle stage HubSpot's Customer – From HubSpot In HubSpot: Lifecycle stage",
            page.All("table.rows tbody tr"));
        Assert.Contains("First name Ada – Both ways Newest edit wins Here or in HubSpot: First name",
            page.All("table.rows tbody tr"));
        Assert.Equal(Enumerable.Range(1, 45).Reverse().Select(n => $"New {n}"), seen);
        Assert.Contains($"href=\"/settings/integrations/hubspot/history/{run}\"", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deal_has_its_card_too()
    {
        var deal = await _portal.AddDealAsync("Engine", 1000, customerId: _ada);
        await _portal.AddLinkAsync(_connection, "Deal", deal, 900);

        var link = (await _member.GetAsync($"/deals/{deal}")).Html.QuerySelector("a[href*='/records/deal/']");
        var page = await _member.GetAsync(link?.GetAttribute("href") ?? "");

        Assert.Equal("Why: Engine", page.Heading);
        Assert.Contains("each field is kept in step by its own rule", page.All(".why-decides").Single(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("contact/h502")]
    [InlineData("contact/x1")]
    [InlineData("invoice/h501")]
    [InlineData("contact/l00000000-0000-7000-8000-000000000001")]
    public async Task What_nobody_knows_is_not_there(string record) =>
        Assert.Equal(HttpStatusCode.NotFound, (await _member.GetAsync($"{Records}/{record}")).Status);

    [Fact]
    public async Task Viewers_look_and_change_nothing_and_other_workspaces_see_nothing()
    {
        await _portal.AddLinkAsync(_connection, "Contact", _ada, 501);
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
        var other = await _portal.AddWorkspaceAsync("Elsewhere");
        await _portal.AddConnectionAsync(other, 99);
        await _portal.AddUserAsync("owner.canary@elsewhere.example", WorkspaceRole.Owner, other);
        using var there = await _portal.SignInAsync("owner.canary@elsewhere.example");

        var page = await viewer.GetAsync(Ada);

        Assert.DoesNotContain(page.All("main button"), _ => true);
        foreach (var handler in new[] { "Sync", "Detach", "Attach", "Decide", "Use" })
        {
            var refused = await viewer.PostWithTokenAsync($"{Ada}?handler={handler}");
            Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
            var foreign = await there.PostWithTokenAsync($"{Ada}?handler={handler}");
            Assert.Equal(HttpStatusCode.NotFound, foreign.Status);
        }

        Assert.Equal(HttpStatusCode.NotFound, (await there.GetAsync(Ada)).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await there.GetAsync($"{Records}/contact/l{_ada}")).Status);
    }
}
