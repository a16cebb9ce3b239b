using HubSpotSync.Core.Listing;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.LocalStack.Servers;
using HubSpotSync.Tests.Builders;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HubSpotSync.Tests.Worker;

/// <summary>Whatever goes away in the middle of a run, it ends by itself with nothing lost and nothing twice.</summary>
public sealed class RunFaultTests
{
    private static readonly string[] Slow =
        ["--Fake:Contacts=1500", "--Fake:Companies=60", "--Fake:Deals=40", "--Fake:Limits=off", "--Fake:LatencyMs=400"];

    [Fact]
    public async Task A_killed_worker_is_followed_by_another_without_a_duplicate_or_a_gap()
    {
        await using var scenario = await SyncScenario.StartAsync(Slow);
        await scenario.PauseWorkersAsync();
        await AddLocalCustomersAsync(scenario, 150);
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();

        await using (var first = scenario.StartWorkerProcess())
        {
            await HalfWayAsync(scenario, run);
            await first.KillAsync();
        }

        await using var second = scenario.StartWorkerProcess();
        await AssertCompleteAsync(scenario, await scenario.WaitForEndAsync(run.Id), ownCustomers: 150);
    }

    [Fact]
    public async Task A_run_that_goes_on_reads_in_parts_as_well()
    {
        await using var scenario = await SyncScenario.StartAsync([.. Slow, "--Fake:Contacts=5000"]);
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await HalfWayAsync(scenario, run);
        await scenario.PauseWorkersAsync();
        scenario.Requests().Reset();

        await scenario.StartWorkerAsync();

        await AssertCompleteAsync(scenario, await scenario.WaitForEndAsync(run.Id));
        var lists = scenario.Requests().Recent.Where(request => request.Route == FakeSteering.ListRoute).ToList();
        var most = lists.Max(one => lists.Count(other =>
            other.At <= one.At && one.At < other.At.AddMilliseconds(other.Milliseconds)));
        Assert.InRange(most, 3, ListRanges.Most);
    }

    [Fact]
    public async Task A_run_that_goes_on_after_its_lists_does_not_count_them_again()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        var run = await scenario.RunAsync();
        await scenario.StagesAreCountedAsync();
        scenario.Requests().Reset();

        await scenario.Database.ExecuteAsync(
            "update sync_runs set state = 'Waiting', finished_at = null, lease_until = null, due_at = now()");

        await AssertCompleteAsync(scenario, await scenario.WaitForEndAsync(run.Id));
        Assert.Equal(0, scenario.Requests().CountOf("POST", FakeSteering.SearchRoute));
    }

    [Fact]
    public async Task Redis_that_stops_in_the_middle_slows_the_run_and_loses_nothing()
    {
        await using var redis = await RedisServer.StartAsync(
            Servers.Folder("redis"), TestContext.Current.CancellationToken);
        await using var scenario = await SyncScenario.StartOnAsync(
            await TestDatabase.CreateAsync(), redis.ConnectionString, [.. Slow, "--Fake:Contacts=4000"]);
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await HalfWayAsync(scenario, run);

        await redis.KillAsync();
        await Eventually.SeeAsync(
            () => scenario.ReadRunAsync(run.Id),
            seen => seen.Hindrance is not null,
            SyncScenario.RunLimit,
            "the run to say that Redis is away");
        var end = await scenario.WaitForEndAsync(run.Id);
        await redis.StartAgainAsync(TestContext.Current.CancellationToken);

        await AssertCompleteAsync(scenario, end);
        Assert.Contains(scenario.Log.Lines, line => line.Contains("Redis is away", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Redis_that_hangs_does_not_cost_a_worker_its_run()
    {
        await using var redis = await RedisServer.StartAsync(
            Servers.Folder("redis"), TestContext.Current.CancellationToken);
        await using var scenario = await SyncScenario.StartOnAsync(
            await TestDatabase.CreateAsync(), redis.ConnectionString, [.. Slow, "--Fake:Contacts=4000"]);
        await scenario.StartWorkerAsync();
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await HalfWayAsync(scenario, run);

        using (new PausedProcess(redis.ProcessId!.Value)) // it runs
        {
            await Eventually.SeeAsync(
                () => scenario.ReadRunAsync(run.Id),
                seen => seen.Hindrance is not null,
                SyncScenario.RunLimit,
                "the run to say that Redis is away");
        }

        await AssertCompleteAsync(scenario, await scenario.WaitForEndAsync(run.Id));
        await AssertReadOnceAsync(scenario);
    }

    [Fact]
    public async Task Postgres_that_restarts_in_the_middle_is_waited_for()
    {
        await using var postgres = await PostgresServer.StartAsync(
            Servers.Folder("postgres"), TestContext.Current.CancellationToken);
        await using var scenario = await SyncScenario.StartOnAsync(
            await TestDatabase.CreateOnAsync(postgres), (await Servers.RedisAsync()).ConnectionString, Slow);
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await HalfWayAsync(scenario, run);

        await postgres.KillAsync();
        await postgres.StartAgainAsync(TestContext.Current.CancellationToken);

        var end = await Eventually.SeeAsync(
            () => ReadOrNothingAsync(scenario, run.Id),
            seen => seen is { IsActive: false },
            SyncScenario.RunLimit,
            "the run to end");
        scenario.Database.CloseSessions(); // of which some died with the server
        await AssertCompleteAsync(scenario, end!); // waited for
    }

    [Fact]
    public async Task HubSpot_out_of_reach_is_said_and_waited_for()
    {
        await using var scenario = await SyncScenario.StartAsync(Slow);
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await HalfWayAsync(scenario, run);

        await scenario.Fake.SetUnreachableAsync(true);
        var waiting = await Eventually.SeeAsync(
            () => scenario.ReadRunAsync(run.Id),
            seen => seen.FailingSince is not null,
            SyncScenario.RunLimit,
            "the run to say that HubSpot is away");
        await scenario.Fake.SetUnreachableAsync(false);

        Assert.True(waiting.IsActive);
        Assert.Contains("HubSpot does not answer", waiting.WaitReason, StringComparison.Ordinal);
        var end = await scenario.WaitForEndAsync(run.Id);
        Assert.Null(end.WaitReason);
        await AssertCompleteAsync(scenario, end);
    }

    [Fact]
    public async Task A_revoked_connection_asks_for_reconnection_and_then_goes_on()
    {
        await using var scenario = await SyncScenario.StartAsync(Slow);
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await HalfWayAsync(scenario, run);

        await scenario.UninstallAsync();
        var connection = await ReconnectionIsAskedForAsync(scenario);
        Assert.Contains("no longer accepts", connection.StateReason, StringComparison.Ordinal);
        Assert.True((await scenario.ReadRunAsync(run.Id)).IsActive);
        await scenario.ConnectAsync();

        await AssertCompleteAsync(scenario, await scenario.WaitForEndAsync(run.Id));
    }

    [Fact]
    public async Task A_refusal_of_the_old_tokens_says_nothing_of_a_connection_that_was_renewed_meanwhile()
    {
        await using var scenario = await SyncScenario.StartAsync("--Fake:Contacts=40", "--Fake:Limits=off");
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        await scenario.StagesAreCountedAsync();
        await scenario.Fake.AddFaultAsync(
            new { kind = "status", status = 401, times = 2, pathPrefix = "/crm/objects/", delayMs = 1_000 });
        var run = await scenario.RequestRunAsync(RunDepth.Changes);
        await Eventually.SeeAsync(
            () => scenario.Fake.ControlAsync(HttpMethod.Get, "faults", new { }),
            faults => faults.GetProperty("results")[0].GetProperty("hits").GetInt32() == 1,
            SyncScenario.RunLimit,
            "the run to ask with the old tokens");

        await scenario.ConnectAsync();

        await scenario.WaitForEndAsync(run.Id);
        var connection = await scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync());
        Assert.Equal((ConnectionState.Connected, null), (connection.State, connection.StateReason));
    }

    [Fact]
    public async Task Tokens_that_can_not_be_read_any_more_ask_for_reconnection()
    {
        await using var scenario = await SyncScenario.StartAsync("--Fake:Contacts=100", "--Fake:Limits=off");
        await scenario.ConnectAsync();
        await scenario.StopWorkersAsync();
        scenario.Configure("KeyRing:Secret", "another-secret-that-is-long-enough-too");
        await scenario.StartWorkerAsync();

        var run = await scenario.RequestRunAsync();
        var connection = await ReconnectionIsAskedForAsync(scenario);
        Assert.Contains("can't be read", connection.StateReason, StringComparison.Ordinal);
        await scenario.ConnectAsync();

        await AssertCompleteAsync(scenario, await scenario.WaitForEndAsync(run.Id));
    }

    [Fact]
    public async Task Single_refusals_and_dropped_answers_change_nothing_in_the_end()
    {
        await using var scenario = await SyncScenario.StartAsync(Slow);
        await AddLocalCustomersAsync(scenario, 650); // some batches are on their way at once
        await scenario.Fake.AddFaultAsync(
            new { kind = "status", method = "GET", pathPrefix = "/crm/objects", times = 2, status = 502 });
        await scenario.Fake.AddFaultAsync(new
        {
            kind = "status",
            method = "GET",
            pathPrefix = "/crm/objects",
            times = 1,
            status = 429,
            retryAfter = 1,
        });
        await scenario.Fake.DropAnswerOfUpsertAsync();
        await scenario.ConnectAsync();

        await AssertCompleteAsync(scenario, await scenario.RunAsync(), ownCustomers: 650);
    }

    [Fact]
    public async Task A_stopped_run_ends_after_its_page_and_says_so()
    {
        await using var scenario = await SyncScenario.StartAsync(Slow);
        await scenario.Fake.AddFaultAsync(new
        {
            kind = "delay",
            delayMs = 2000,
            method = "GET",
            path = "/crm/objects/*/contacts",
            skip = 7,
            times = 1000,
        });
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await HalfWayAsync(scenario, run);

        await scenario.Database.ExecuteAsync("update sync_runs set cancel_requested = true");
        var end = await scenario.WaitForEndAsync(run.Id);

        Assert.Equal(RunState.Cancelled, end.State);
        Assert.InRange(end.Processed, 1, end.Total!.Value - 1); // counted before the first page
    }

    [Fact]
    public async Task Two_workers_do_one_run_once()
    {
        await using var scenario = await SyncScenario.StartAsync(Slow);
        await scenario.StartWorkerAsync();
        await scenario.StartWorkerAsync();
        await scenario.ConnectAsync();

        var end = await scenario.RunAsync();

        await AssertCompleteAsync(scenario, end);
        await AssertReadOnceAsync(scenario);
    }

    [Fact]
    public async Task A_worker_whose_run_was_taken_over_commits_nothing_more()
    {
        await using var scenario = await SyncScenario.StartAsync(Slow);
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await HalfWayAsync(scenario, run);

        await scenario.Database.ExecuteAsync(
            """
            update hubspot_connections set epoch = epoch + 1;
            update sync_runs set lease_owner = 'somebody else', lease_until = now() + interval '1 hour'
            """);
        await Eventually.BeTrueAsync(
            () => Task.FromResult(
                scenario.Log.Lines.Any(line => line.Contains("taken over", StringComparison.Ordinal))),
            SyncScenario.RunLimit,
            "the worker to notice");
        var processed = (await scenario.ReadRunAsync(run.Id)).Processed;
        await scenario.Database.ExecuteAsync("update sync_runs set lease_until = null, due_at = now()");

        var end = await scenario.WaitForEndAsync(run.Id);
        Assert.True(end.Processed >= processed);
        await AssertCompleteAsync(scenario, end);
    }

    private static Task<SyncRun> HalfWayAsync(SyncScenario scenario, SyncRun run) => Eventually.SeeAsync(
        () => scenario.ReadRunAsync(run.Id),
        seen => seen.Processed > 500 || !seen.IsActive, SyncScenario.RunLimit, "the run to be under way");

    private static Task<HubSpotConnection> ReconnectionIsAskedForAsync(SyncScenario scenario) => Eventually.SeeAsync(
        () => scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync()),
        seen => seen.State == ConnectionState.NeedsReconnection,
        SyncScenario.RunLimit,
        "the connection to need reconnection");

    private static Task<int> AddLocalCustomersAsync(SyncScenario scenario, int count) => scenario.QueryAsync(db =>
    {
        for (var i = 0; i < count; i++)
        {
            db.Customers.Add(A.Customer(db.WorkspaceId, $"own{i}@local.example", "Own", $"Customer {i}"));
        }

        return db.SaveChangesAsync();
    });

    /// <summary><c>null</c> where the session that we were given died with the server.</summary>
    private static async Task<SyncRun?> ReadOrNothingAsync(SyncScenario scenario, Guid id)
    {
        try
        {
            return await scenario.ReadRunAsync(id);
        }
        catch (InvalidOperationException error) when (error.InnerException is NpgsqlException)
        {
            return null;
        }
    }

    /// <summary>
    /// Two workers on one run would read its pages twice. A claim after the first, on a machine too busy to renew the
    /// lease in time, may read again what was under way: the page at the checkpoint and the one read ahead.
    /// </summary>
    private static async Task AssertReadOnceAsync(SyncScenario scenario)
    {
        var claims = await scenario.Database.ScalarAsync<long>("select epoch from hubspot_connections");
        var records = await scenario.Database.ScalarAsync<int>("select total from sync_runs");
        var reads = scenario.Fake.Services.GetRequiredService<RequestLog>()
            .CountOf("GET", "/crm/objects/2026-09/{type}");

        // Each of three kinds may end on a page that is not full, and parts of a list share a page at their seam. Who
        // loses a run has read ahead: pages on their way, six that wait, ten that are looked at, ten that are written.
        var once = (records / ObjectReader.PageSize) + 3 + ListRanges.Most;
        Assert.InRange(reads, 1, once + ((ListRanges.Most + 26) * (claims - 1)));
    }

    private static async Task AssertCompleteAsync(SyncScenario scenario, SyncRun run, int ownCustomers = 0)
    {
        Assert.Equal(RunState.Done, run.State);
        Assert.Equal(0, run.Failed);
        var contacts = await FakeContacts.ReadAsync(scenario.Fake);
        var inScope = contacts
            .Where(contact => SyncScenario.DefaultStages.Contains(contact["lifecyclestage"]))
            .Select(contact => contact.Id)
            .ToHashSet();
        var linked = await scenario.QueryAsync(db => db.Links
            .Where(link => link.Kind == RecordKind.Contact)
            .Select(link => link.HubspotId)
            .ToListAsync());
        Assert.Equal(inScope.Count, linked.Count);
        Assert.Equal(inScope, linked.ToHashSet());
        Assert.Equal(inScope.Count, (await scenario.CustomersAsync()).Count);
        var emails = contacts.Select(contact => contact["email"]).OfType<string>().ToList();
        Assert.Equal(emails.Count, emails.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        Assert.Equal(ownCustomers, contacts.Count(contact => contact["firstname"] == "Own"));
    }
}
