using System.Net;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

public sealed class HealthTests : IAsyncLifetime
{
    private const string HubSpot = "/settings/integrations/hubspot";

    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        await _portal.Database.ExecuteAsync(
            "update hubspot_connections set first_run_done_at = now(), lifecycle_stages = '{customer}'");
        _member = await _portal.AsAsync(WorkspaceRole.Member);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Counters_open_lists_and_failures_are_grouped_by_their_cause()
    {
        await AddAsync(OutcomeState.InSync, OutcomeReason.Agreed, 1, 20);
        await AddAsync(OutcomeState.Excluded, OutcomeReason.StageNotInScope, 100, 5, "lead");
        await AddAsync(OutcomeState.Failing, OutcomeReason.RefusedByHubSpot, 200, 3, "INVALID_EMAIL email");
        await AddAsync(OutcomeState.Failing, OutcomeReason.RefusedByHubSpot, 300, 2, "INVALID_OPTION industry");
        await AddAsync(OutcomeState.Failing, OutcomeReason.SeveralMatches, 400, 1);

        var page = await _member.GetAsync($"{HubSpot}/health");
        var counters = page.Html.QuerySelectorAll(".counter");
        var list = await _member.GetAsync(
            page.Html.QuerySelectorAll(".cause h3 a")[1].GetAttribute("href") ?? "");

        Assert.Equal("6 records need you", page.Heading);
        Assert.Equal(["In sync 20", "Not synced, by your settings 5", "Need you 6"], page.All(".counter"));
        Assert.All(
            counters, one => Assert.Contains("/outcomes?state=", one.GetAttribute("href"), StringComparison.Ordinal));
        Assert.Equal(
            ["Refused by HubSpot 3", "Refused by HubSpot 2", "Several matches 1"], page.All(".cause h3"));
        Assert.Contains("not a valid address", page.All(".cause p").First(), StringComparison.Ordinal);
        Assert.Contains("the value of industry", page.All(".cause p").ElementAt(1), StringComparison.Ordinal);
        Assert.Contains("Look for duplicates", page.All(".cause").Last(), StringComparison.Ordinal);
        Assert.Equal("2 records need you", list.Heading);
        Assert.Equal(2, list.All("tbody tr").Count());
    }

    [Fact]
    public async Task The_queue_the_limit_and_how_long_things_take_are_shown_with_a_table_beside_each_picture()
    {
        await _portal.Database.ExecuteAsync(
            """
            insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id, due_at, attempts,
                parked_at, last_error)
              select id, 'Contact', 'h' || n, workspace_id, n, now() - n * interval '1 minute', n,
                  case when n = 3 then now() end, case when n = 3 then 'The sync stopped at an error of ours.' end
                from hubspot_connections, generate_series(1, 3) n;
            insert into hubspot_usage (connection_id, at, lane, workspace_id, requests, refused)
              select id, now() - n * interval '70 minutes', lane, workspace_id, 100 * n, 1
                from hubspot_connections, generate_series(1, 2) n, unnest(array['Push', 'Backfill']) lane;
            insert into sync_waits (connection_id, at, lane, workspace_id, records, total_ms, longest_ms)
              select id, date_bin('1 hour', now(), 'epoch'), 'Push', workspace_id, 4, 6000, 3200
                from hubspot_connections
            """);
        var run = await _portal.AddRunAsync(_connection, RunState.Done, 500, 500);
        await _portal.Database.ExecuteAsync(
            $"update sync_runs set finished_at = started_at + interval '75 seconds' where id = '{run}'");

        var page = await _member.GetAsync($"{HubSpot}/health");
        var again = await _member.FollowAsync(await _member.SubmitAsync(page, "Try them again"));

        Assert.Contains("2 records, 2 due now", page.Words, StringComparison.Ordinal);
        Assert.Contains("since 2 minutes ago", page.Words, StringComparison.Ordinal);
        Assert.Contains("1 record: The sync stopped at an error of ours.", page.Words, StringComparison.Ordinal);
        Assert.Contains("Edits made here 300", page.Words, StringComparison.Ordinal);
        Assert.Contains("Slowed down by HubSpot 4", page.Words, StringComparison.Ordinal);
        Assert.Contains("4 1.5 s 3.2 s", page.All(".chart-table tbody tr").ElementAt(2), StringComparison.Ordinal);
        Assert.Contains("1 0 500 1 min 15 s", page.All(".chart-table tbody tr").Last(), StringComparison.Ordinal);
        Assert.Equal(3, page.Html.QuerySelectorAll("svg.chart-bars").Length);
        Assert.Equal(6, page.Html.QuerySelectorAll("svg.chart-bars rect").Length);
        Assert.Contains("1 record is tried again now.", again.Words, StringComparison.Ordinal);
        Assert.Equal(0, await _portal.CountAsync("sync_requests where parked_at is not null"));
    }

    [Fact]
    public async Task Where_nothing_happened_yet_the_pages_say_so()
    {
        var page = await _member.GetAsync($"{HubSpot}/health");

        Assert.Equal("Nothing is synced yet", page.Heading);
        Assert.Equal(3, page.All(".chart-empty").Count());
        Assert.Contains("Nothing needs you", page.Words, StringComparison.Ordinal);
        await _portal.Database.ExecuteAsync("update hubspot_connections set state = 'Disconnected'");
        Assert.Equal("HubSpot is not connected", (await _member.GetAsync($"{HubSpot}/health")).Heading);
        Assert.Equal(HttpStatusCode.OK, (await _member.GetAsync($"{HubSpot}/outcomes")).Status);
    }

    [Fact]
    public async Task A_list_is_filtered_and_read_from_a_row_on_in_both_directions()
    {
        await AddAsync(OutcomeState.Failing, OutcomeReason.SeveralMatches, 1000, 120);
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await _portal.AddOutcomeAsync(OutcomeState.Failing, OutcomeReason.EmailTakenHere, 9000, ada);

        var first = await _member.GetAsync($"{HubSpot}/outcomes?state=Failing");
        var second = await _member.GetAsync(Next(first));
        var third = await _member.GetAsync(Next(second));
        var back = await _member.GetAsync(second.Html.QuerySelector("a[rel=prev]")?.GetAttribute("href") ?? "");
        var byName = await _member.GetAsync($"{HubSpot}/outcomes?state=Failing&q=lovel");
        var byId = await _member.GetAsync($"{HubSpot}/outcomes?state=Failing&q=1007");
        var byReason = await _member.GetAsync($"{HubSpot}/outcomes?state=Failing&reason=EmailTakenHere");
        var none = await _member.GetAsync($"{HubSpot}/outcomes?state=Failing&kind=Deal");

        Assert.Equal(
            121, Names(first).Concat(Names(second)).Concat(Names(third)).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal(Names(first), Names(back));
        Assert.Contains("51–100 of 121", second.Words, StringComparison.Ordinal);
        Assert.StartsWith("Ada Lovelace", Assert.Single(Names(byName)), StringComparison.Ordinal);
        Assert.StartsWith("HubSpot contact 1007", Assert.Single(Names(byId)), StringComparison.Ordinal);
        Assert.Equal("1 record needs you", byReason.Heading);
        Assert.Contains("No record is like that", none.Words, StringComparison.Ordinal);
        Assert.Equal($"/customers/{ada}", byName.Html.QuerySelector(".row-title a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task One_those_that_are_ticked_or_all_are_looked_at_again()
    {
        await AddAsync(OutcomeState.Failing, OutcomeReason.SeveralMatches, 1, 3);
        await AddAsync(OutcomeState.Failing, OutcomeReason.EmailTakenHere, 10, 4);
        var page = await _member.GetAsync($"{HubSpot}/outcomes?state=Failing&reason=EmailTakenHere");

        var nothing = await _member.FollowAsync(await _member.SubmitAsync(page, "Look again"));
        var one = await _member.FollowAsync(
            await _member.SubmitAsync(page, "Look again", ("marks", "Contact~h10"), ("marks", "Contact~h11")));
        var asked = await _portal.CountAsync("sync_requests where asked_by is not null");
        var all = await _member.FollowAsync(await _member.SubmitAsync(page, "Look again", ("scope", "all")));

        Assert.Contains("Tick the records", nothing.Words, StringComparison.Ordinal);
        Assert.Contains("2 records are looked at again now.", one.Words, StringComparison.Ordinal);
        Assert.Equal(2, asked);
        Assert.Contains("4 records are looked at again now.", all.Words, StringComparison.Ordinal);
        Assert.Equal(4, await _portal.CountAsync("sync_requests"));
        Assert.Equal(4, all.All(".chip-blue").Count(chip => chip == "On its way"));
    }

    [Fact]
    public async Task The_file_has_every_row_and_no_formula()
    {
        await AddAsync(OutcomeState.Failing, OutcomeReason.SeveralMatches, 1, 1100);
        var evil = await _portal.AddCustomerAsync("=cmd|' /C calc'!A0", null, "evil.canary@example.com");
        await _portal.AddOutcomeAsync(OutcomeState.Failing, OutcomeReason.EmailTakenHere, 9000, evil);

        var file = await _member.GetAsync($"{HubSpot}/outcomes?handler=Csv&state=Failing");

        Assert.Equal("attachment; filename=\"failing.csv\"", file.Header("Content-Disposition"));
        var lines = file.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(1102, lines.Length);
        Assert.Contains(lines, line => line.Contains("\"'=cmd|", StringComparison.Ordinal));
        Assert.Contains("https://app.hubspot.com/contacts/4711/record/0-1/1", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Viewers_look_and_ask_for_nothing_and_other_workspaces_are_not_touched()
    {
        await AddAsync(OutcomeState.Failing, OutcomeReason.SeveralMatches, 1, 3);
        var viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
        var other = await _portal.AddWorkspaceAsync("Elsewhere");
        await _portal.AddConnectionAsync(other, 99);
        await _portal.AddUserAsync("owner.canary@elsewhere.example", WorkspaceRole.Owner, other);
        using var there = await _portal.SignInAsync("owner.canary@elsewhere.example");

        var page = await viewer.GetAsync($"{HubSpot}/outcomes?state=Failing");
        const string Retry = $"{HubSpot}/outcomes?state=Failing&handler=Retry";
        var refused = await viewer.PostWithTokenAsync(Retry, ("scope", "all"));
        var theirs = await there.PostWithTokenAsync(Retry, ("scope", "all"));

        Assert.DoesNotContain("Look again", page.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, refused.Status);
        Assert.Equal(HttpStatusCode.Redirect, theirs.Status);
        Assert.Equal(0, await _portal.CountAsync("sync_requests"));
        Assert.Equal("0 records need you", (await there.GetAsync($"{HubSpot}/outcomes?state=Failing")).Heading);
    }

    private Task AddAsync(OutcomeState state, OutcomeReason reason, long from, int count, string? detail = null) =>
        _portal.Database.ExecuteAsync(
            $"""
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, hubspot_id, state, reason,
                detail)
              select id, 'Contact', 'h' || n, workspace_id, n, '{state}', '{reason}',
                  {(detail is null ? "null" : $"'{detail}'")}
                from hubspot_connections, generate_series({from}, {from + count - 1}) n
            """);

    private static string Next(PageAnswer page) => page.Html.QuerySelector("a[rel=next]")?.GetAttribute("href") ?? "";

    private static List<string> Names(PageAnswer page) => [.. page.All("td.row-title")];
}
