using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

public sealed class HistoryTests : IAsyncLifetime
{
    private const string History = "/settings/integrations/hubspot/history";

    private PortalHost _portal = null!; // set before each test
    private PageClient _viewer = null!; // likewise
    private Guid _connection;

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _connection = await _portal.AddConnectionAsync();
        _viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_row_says_who_started_it_how_long_it_took_and_what_it_did()
    {
        var run = await DoneAsync();

        var page = await _viewer.GetAsync(History);

        Assert.Equal("1 run", page.Heading);
        Assert.Matches(
            "^Sync now The operator Done (just now|.* ago) 1 min 5 s 1,200 12 30 4 50 2 77$",
            page.All("tbody tr").Single());
        Assert.Equal($"{History}/{run}", page.Html.QuerySelector("tbody a")?.GetAttribute("href"));
    }

    [Fact]
    public async Task Runs_are_filtered_and_read_from_a_row_on_in_both_directions()
    {
        await _portal.Database.ExecuteAsync(
            """
            insert into sync_runs (id, workspace_id, connection_id, trigger, state, requested_at, failed)
              select gen_random_uuid(), workspace_id, id, case when n % 2 = 0 then 'Schedule' else 'Manual' end, 'Done',
                  now() - n * interval '1 minute', case when n = 7 then 1 else 0 end
                from hubspot_connections, generate_series(1, 120) n
            """);

        var first = await _viewer.GetAsync(History);
        var second = await _viewer.GetAsync(Link(first, "next"));
        var third = await _viewer.GetAsync(Link(second, "next"));
        var back = await _viewer.GetAsync(Link(second, "prev"));
        var bySchedule = await _viewer.GetAsync($"{History}?trigger=Schedule");
        var failed = await _viewer.GetAsync($"{History}?errors=true");
        var none = await _viewer.GetAsync($"{History}?state=Cancelled");

        var seen = Runs(first).Concat(Runs(second)).Concat(Runs(third)).ToList();
        Assert.Equal((120, 120), (seen.Count, seen.Distinct(StringComparer.Ordinal).Count()));
        Assert.Equal(Runs(first), Runs(back));
        Assert.Equal("60 runs like that", bySchedule.Heading);
        Assert.Equal("1 run like that", failed.Heading);
        Assert.Contains("By itself", bySchedule.All("tbody tr").First(), StringComparison.Ordinal);
        Assert.Contains("No run is like that", none.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_shows_every_change_with_before_and_after_and_its_rule()
    {
        var run = await DoneAsync();
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await _portal.AddChangesAsync(ada, 60, run);
        await _portal.AddChangesAsync(ada, 1, run, "HubSpot");

        var page = await _viewer.GetAsync($"{History}/{run}");
        var next = await _viewer.GetAsync(Link(page, "next"));
        var sent = await _viewer.GetAsync($"{History}/{run}?side=HubSpot");
        var deals = await _viewer.GetAsync($"{History}/{run}?kind=Deal");

        Assert.Equal("Sync now: 2 records need you", page.Heading);
        Assert.Contains("Requests to HubSpot 77", Pairs(page));
        Assert.Equal((50, 11), (page.All("tbody tr").Count(), next.All("tbody tr").Count()));
        Assert.Equal(
            "Ada Lovelace Changed in HubSpot City Old 1 became New 1 HubSpot's value is newer or the only one "
            + "1 hour ago", sent.All("tbody tr").Single());
        Assert.Contains("Nothing was written", deals.Words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await _viewer.GetAsync($"{History}/{Guid.NewGuid()}")).Status);
    }

    [Fact]
    public async Task A_run_shows_what_failed_in_it_also_when_it_was_put_right_since()
    {
        var run = await DoneAsync();
        await _portal.Database.ExecuteAsync(
            $"""
            insert into run_failures (run_id, kind, record_key, workspace_id, hubspot_id, reason, detail)
              select '{run}', 'Contact', 'h' || n, workspace_id, n, 'RefusedByHubSpot', 'INVALID_EMAIL email'
                from hubspot_connections, generate_series(1, 2) n;
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, hubspot_id, state, reason)
              select id, 'Contact', 'h1', workspace_id, 1, 'InSync', 'Agreed' from hubspot_connections
            """);

        var page = await _viewer.GetAsync($"{History}/{run}?show=failures");

        Assert.Equal(["Changes 0", "Failures 2"], page.All("main .chip-link").Take(2));
        Assert.Contains("HubSpot refused the e-mail: not a valid address.", page.All("tbody tr").First(),
            StringComparison.Ordinal);
        Assert.EndsWith("Put right since", page.All("tbody tr").First(), StringComparison.Ordinal);
        Assert.EndsWith("Still failing", page.All("tbody tr").Last(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_have_every_run_every_field_that_was_written_and_every_failure_and_no_formula()
    {
        var run = await DoneAsync();
        var ada = await _portal.AddCustomerAsync("=Ada", "Lovelace", "ada.canary@example.com");
        await _portal.AddChangesAsync(ada, 1100, run);
        await _portal.Database.ExecuteAsync(
            $"""
            insert into run_failures (run_id, kind, record_key, workspace_id, hubspot_id, reason)
              select '{run}', 'Contact', 'h1', workspace_id, 1, 'SeveralMatches' from hubspot_connections
            """);

        var runs = await _viewer.GetAsync($"{History}?handler=Csv");
        var changes = await _viewer.GetAsync($"{History}/{run}?handler=Csv");
        var failures = await _viewer.GetAsync($"{History}/{run}?handler=Csv&show=failures");

        Assert.Equal(2, Lines(runs).Length);
        Assert.Contains("\"1200\",\"12\",\"30\",\"4\"", Lines(runs)[1], StringComparison.Ordinal);
        Assert.Equal(1101, Lines(changes).Length);
        Assert.Contains("\"'=Ada Lovelace\"", Lines(changes)[1], StringComparison.Ordinal);
        Assert.Contains("\"City\",\"Old 1100\",\"New 1100\"", Lines(changes)[1], StringComparison.Ordinal);
        Assert.Contains("Several matches", Lines(failures)[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_is_on_is_shown_live_on_its_own_page()
    {
        var run = await _portal.AddRunAsync(_connection, total: 200, processed: 50);

        var page = await _viewer.GetAsync($"{History}/{run}");

        Assert.Equal("Sync now is under way", page.Heading);
        Assert.Equal($"{History}/{run}", page.Html.QuerySelector("[data-run]")?.GetAttribute("data-run-page"));
        Assert.Equal(["25 %"], page.All("[data-run-text=percent]"));
    }

    private async Task<Guid> DoneAsync()
    {
        var run = await _portal.AddRunAsync(_connection, RunState.Done, 1200, 1200);
        await _portal.Database.ExecuteAsync(
            $"""
            update sync_runs set finished_at = started_at + interval '65 seconds', created = 12, updated = 30,
              linked = 4, excluded = 50, failed = 2, requests = 77 where id = '{run}'
            """);
        return run;
    }

    private static string Link(PageAnswer page, string rel) =>
        page.Html.QuerySelector($"a[rel={rel}]")?.GetAttribute("href") ?? "";

    private static List<string> Runs(PageAnswer page) =>
        [.. page.Html.QuerySelectorAll("tbody .row-title a").Select(link => link.GetAttribute("href") ?? "")];

    private static IEnumerable<string> Pairs(PageAnswer page) => page.All(".run-counts .count");

    private static string[] Lines(PageAnswer file) => file.Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
}
