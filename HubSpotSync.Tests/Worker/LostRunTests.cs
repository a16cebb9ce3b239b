using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using StackExchange.Redis;

namespace HubSpotSync.Tests.Worker;

/// <summary>A worker that lost its run to somebody else, or to its later self, ends nothing of it.</summary>
public sealed class LostRunTests
{
    [Fact]
    public async Task A_worker_whose_run_was_taken_over_marks_no_step_as_done()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.Fake.AddFaultAsync(new { kind = "delay", delayMs = 1500, path = "/crm/*owners*", times = 1 });
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await Eventually.BeTrueAsync(
            async () => await scenario.Database.ScalarAsync<long>("select count(*) from run_checkpoints") == 1,
            SyncScenario.RunLimit,
            "the worker to ask for the owners, after the pipelines");

        await scenario.Database.ExecuteAsync(
            """
            update hubspot_connections set epoch = epoch + 1;
            update sync_runs set due_at = now() + interval '1 hour'
            """);
        await Eventually.BeTrueAsync(
            () => Task.FromResult(
                scenario.Log.Lines.Any(line => line.Contains("taken over", StringComparison.Ordinal))),
            SyncScenario.RunLimit,
            "the worker to notice");

        Assert.Equal(1L, await scenario.Database.ScalarAsync<long>("select count(*) from run_checkpoints"));
        await scenario.Database.ExecuteAsync("update sync_runs set lease_until = null, due_at = now()");
        Assert.Equal(RunState.Done, (await scenario.WaitForEndAsync(run.Id)).State);
    }

    /// <summary>Its former self must not end the run that it has taken up again.</summary>
    [Fact]
    public async Task A_worker_that_takes_up_its_own_lost_run_brings_it_to_its_end()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.Fake.AddFaultAsync(new { kind = "delay", delayMs = 1500, path = "/crm/*deals*", times = 1 });
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await Eventually.BeTrueAsync(
            async () => await scenario.Database.ScalarAsync<long>("select count(*) from run_checkpoints") > 3,
            SyncScenario.RunLimit,
            "the worker to ask for the deals");

        for (var times = 1; times <= 3; times++)
        {
            var before = await scenario.Database.ScalarAsync<long>("select epoch from hubspot_connections");
            await scenario.Database.ExecuteAsync("update sync_runs set lease_until = now() where state = 'Running'");
            await Eventually.BeTrueAsync(
                async () => await scenario.Database.ScalarAsync<bool>(
                    $"""
                    select epoch > {before} or not exists (select 1 from sync_runs where state = 'Running')
                      from hubspot_connections
                    """),
                SyncScenario.RunLimit,
                "the run to be claimed again");
        }

        Assert.Equal(RunState.Done, (await scenario.WaitForEndAsync(run.Id)).State);
        Assert.NotNull((await scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync())).FirstRunDoneAt);
    }

    /// <summary>Who dies leaves the connection's lock in Redis for a while.</summary>
    [Fact]
    public async Task To_wait_for_a_lock_is_no_attempt()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        using var redis = await ConnectionMultiplexer.ConnectAsync((await Servers.RedisAsync()).ConnectionString);
        var held = (RedisKey)$"run:{scenario.ConnectionId}";
        await redis.GetDatabase().LockTakeAsync(held, "somebody who is gone", SyncScenario.RunLimit);
        var run = await scenario.RequestRunAsync();

        await Eventually.BeTrueAsync(
            async () => await scenario.Database.ScalarAsync<bool>("select epoch > 2 from hubspot_connections"),
            SyncScenario.RunLimit,
            "the run to be claimed a few times");

        Assert.InRange(await AttemptsAsync(scenario), 0, 1);
        await redis.GetDatabase().KeyDeleteAsync(held);
        Assert.Equal(RunState.Done, (await scenario.WaitForEndAsync(run.Id)).State);
    }

    /// <summary>After a few attempts a run is given up; hours without HubSpot must not bring it near that.</summary>
    [Fact]
    public async Task To_wait_for_HubSpot_is_no_attempt()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        await scenario.Fake.SetUnreachableAsync(true);
        var run = await scenario.RequestRunAsync();

        await Eventually.BeTrueAsync(
            async () => await scenario.Database.ScalarAsync<bool>(
                """
                with hurried as (update sync_runs set due_at = now() where wait_until is not null and due_at > now())
                select epoch > 2 from hubspot_connections
                """),
            SyncScenario.RunLimit,
            "the run to be claimed a few times");

        Assert.InRange(await AttemptsAsync(scenario), 0, 1);
        await scenario.Fake.SetUnreachableAsync(false);
        Assert.Equal(RunState.Done, (await scenario.WaitForEndAsync(run.Id)).State);
    }

    /// <summary>Whatever ends its attempts without a word: it does not go round for ever.</summary>
    [Fact]
    public async Task A_run_that_does_not_get_on_is_given_up_in_the_end()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        await scenario.PauseWorkersAsync();
        var run = await scenario.RequestRunAsync();
        await scenario.Database.ExecuteAsync("update sync_runs set attempts = 30");
        await scenario.StartWorkerAsync();

        var ended = await scenario.WaitForEndAsync(run.Id);

        Assert.Equal(RunState.Failed, ended.State);
        Assert.Contains("error of ours", ended.LastError, StringComparison.Ordinal);
    }

    private static Task<int> AttemptsAsync(SyncScenario scenario) =>
        scenario.Database.ScalarAsync<int>("select attempts from sync_runs");
}
