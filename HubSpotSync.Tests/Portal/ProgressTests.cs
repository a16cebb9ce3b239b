using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal;

public sealed class ProgressTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

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

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Changes_of_a_run_arrive_as_they_happen_also_while_nothing_notifies(bool notifies)
    {
        if (!notifies)
        {
            await _portal.Database.ExecuteAsync(
                """
                alter table sync_runs disable trigger sync_runs_changed;
                select pg_terminate_backend(pid) from pg_stat_activity
                where datname = current_database() and query = 'listen sync_runs';
                """);
        }

        var run = await _portal.AddRunAsync(_connection, total: 100);
        using var limit = new CancellationTokenSource(Limit);
        var seen = new List<string>();

        await foreach (var (name, json) in WatchAsync(run, limit.Token))
        {
            var percent = json.GetProperty("percent").GetInt32();
            seen.Add($"{name} {percent} {json.GetProperty("amount").GetString()}");
            if (percent is 0)
            {
                await _portal.Database.ExecuteAsync(
                    $"update sync_runs set processed = 40, created = 40 where id = '{run}'");
            }
            else if (percent is 40)
            {
                Assert.Equal("40", json.GetProperty("counts").GetProperty("created").GetString());
                await _portal.Database.ExecuteAsync(
                    $"update sync_runs set processed = 100, state = 'Done', finished_at = now() where id = '{run}'");
            }
        }

        Assert.Equal(
            ["progress 0 0 of 100 records", "progress 40 40 of 100 records", "final 100 100 records"], seen.Distinct());
        Assert.Equal("final 100 100 records", seen[^1]);
    }

    [Fact]
    public async Task The_percentage_never_goes_back()
    {
        var run = await _portal.AddRunAsync(_connection, total: 100, processed: 50);
        using var limit = new CancellationTokenSource(Limit);
        var seen = new List<int>();

        await foreach (var (_, json) in WatchAsync(run, limit.Token))
        {
            seen.Add(json.GetProperty("percent").GetInt32());
            if (json.GetProperty("amount").GetString() is "60 of 400 records")
            {
                break;
            }

            await _portal.Database.ExecuteAsync($"update sync_runs set processed = 60, total = 400 where id = '{run}'");
        }

        Assert.True(seen.Count >= 2);
        Assert.All(seen, percent => Assert.Equal(50, percent));
    }

    [Fact]
    public async Task A_run_that_has_ended_says_so_once_and_the_stream_ends()
    {
        var run = await _portal.AddRunAsync(_connection, RunState.Failed, 10, 4);
        using var limit = new CancellationTokenSource(Limit);
        var seen = new List<string>();

        await foreach (var (name, json) in WatchAsync(run, limit.Token))
        {
            seen.Add($"{name} {json.GetProperty("headline").GetString()}");
        }

        Assert.Equal(["final The sync stopped"], seen);
    }

    [Fact]
    public async Task The_stream_is_an_event_stream_that_nothing_keeps()
    {
        var run = await _portal.AddRunAsync(_connection, RunState.Done, 1, 1);

        var answer = await _viewer.GetAsync($"/api/hubspot/runs/{run}/events");

        Assert.Equal("text/event-stream", answer.Header("Content-Type"));
        Assert.Contains("no-store", answer.Header("Cache-Control"), StringComparison.Ordinal);
        Assert.Contains("retry: 2000", answer.Text, StringComparison.Ordinal);
        var unknown = await _viewer.GetAsync($"/api/hubspot/runs/{Guid.NewGuid()}/events");
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
    }

    [Fact]
    public async Task What_a_run_waits_for_is_said_on_its_page_and_its_progress_on_every_other()
    {
        var run = await _portal.AddRunAsync(_connection, total: 200, processed: 50);
        await _portal.Database.ExecuteAsync(
            """
            update sync_runs set wait_reason = 'HubSpot asked us to slow down',
              wait_until = now() + interval '30 seconds'
            """);

        var page = await _viewer.GetAsync("/settings/integrations/hubspot");
        var home = await _viewer.GetAsync("/customers");

        Assert.Equal("Syncing with HubSpot", page.Heading);
        Assert.Matches(
            @"^HubSpot asked us to slow down\. We go on in \d+ s\.$",
            page.All("[data-run-text=wait]").Single());
        Assert.Equal(["25 %"], page.All("[data-run-text=percent]"));
        Assert.Equal($"{run}", home.Html.QuerySelector(".strip")?.GetAttribute("data-run"));
        Assert.Equal(["50 of 200 records"], home.All(".strip [data-run-text=amount]"));
    }

    [Fact]
    public async Task A_run_that_no_worker_takes_says_so()
    {
        await _portal.Database.ExecuteAsync(
            $"""
            insert into sync_runs (id, workspace_id, connection_id, trigger, state)
            select '{Guid.NewGuid()}', workspace_id, id, 'Manual', 'Waiting' from hubspot_connections
            """);
        var fresh = await _viewer.GetAsync("/settings/integrations/hubspot");
        _portal.Clock.Advance(TimeSpan.FromSeconds(30));
        var late = await _viewer.GetAsync("/settings/integrations/hubspot");

        Assert.Equal(["Starting"], fresh.All("#run-title"));
        Assert.Equal(["Waiting for the worker"], late.All("#run-title"));
        Assert.Contains("It begins by itself as soon as the worker runs.", late.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Programs_read_how_the_connection_is_doing()
    {
        var run = await _portal.AddRunAsync(_connection, total: 10, processed: 5);
        await _portal.AddCustomerAsync("Ada", "L", "ada.canary@example.com");

        var status = (await _viewer.GetAsync("/api/hubspot/status")).Json;

        Assert.Equal(
            [
                "state", "reason", "since", "hubId", "accountName", "mode", "lastSuccessAt", "schedule", "counts",
                "errors", "budget", "run",
            ],
            status.EnumerateObject().Select(property => property.Name));
        Assert.Equal("Connected", status.GetProperty("state").GetString());
        Assert.Equal(4711, status.GetProperty("hubId").GetInt64());
        Assert.Equal("TwoWay", status.GetProperty("mode").GetString());
        Assert.Equal(1, status.GetProperty("counts").GetProperty("customers").GetInt32());
        Assert.Equal(run, status.GetProperty("run").GetProperty("id").GetGuid());
        Assert.Equal(50, status.GetProperty("run").GetProperty("percent").GetInt32());
        Assert.False(status.GetProperty("run").GetProperty("isFinal").GetBoolean());
    }

    [Fact]
    public async Task An_admin_starts_and_stops_a_sync_and_both_are_noted()
    {
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var before = await admin.PostWithTokenAsync("/settings/integrations/hubspot/run?handler=Sync");
        await _portal.Database.ExecuteAsync("update hubspot_connections set first_run_done_at = now()");

        var overview = await admin.FollowAsync(
            await admin.SubmitAsync(await admin.GetAsync("/settings/integrations/hubspot"), "Sync now"));
        await admin.PostWithTokenAsync("/settings/integrations/hubspot/run?handler=Sync");
        var stopping = await admin.FollowAsync(await admin.SubmitAsync(overview, "Stop"));
        await admin.SubmitAsync(overview, "Stop");

        // Nothing comes before somebody chose what.
        Assert.Equal("/settings/integrations/hubspot/filter", before.Location);
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from sync_runs where cancel_requested and trigger = 'Manual'"));
        Assert.Contains("Stopping after this page of records", stopping.Words, StringComparison.Ordinal);
        Assert.Equal(1, await _portal.Database.ScalarAsync<long>(
            "select count(*) from audit_log where action = 'hubspot.sync_stopped'"));
        Assert.DoesNotContain("Stop", (await _viewer.GetAsync("/settings/integrations/hubspot")).All("button"));
    }

    private async IAsyncEnumerable<(string Name, JsonElement Json)> WatchAsync(
        Guid run, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var answer = await _viewer.StreamAsync($"/api/hubspot/runs/{run}/events", cancellationToken);
        await using var body = await answer.Content.ReadAsStreamAsync(cancellationToken);
        await foreach (var item in SseParser.Create(body).EnumerateAsync(cancellationToken))
        {
            yield return (item.EventType, JsonSerializer.Deserialize<JsonElement>(item.Data));
        }
    }
}
