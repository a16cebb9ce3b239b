using HubSpotSync.Data.Runs;
using HubSpotSync.Data.Schedules;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>Syncs come by themselves when their time has come, once, whoever looks.</summary>
public sealed class ScheduleTests
{
    [Theory]
    [InlineData("0 0 2 * * ?", "Europe/Stockholm", "2026-03-28T12:00:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("0 0 2 * * ?", "Europe/Stockholm", "2026-07-01T12:00:00Z", "2026-07-02T00:00:00Z")]
    [InlineData("0 0 * * * ?", "UTC", "2026-07-01T12:00:01Z", "2026-07-01T13:00:00Z")]
    [InlineData("0 30 6 ? * MON", "Asia/Kolkata", "2026-11-24T00:00:00Z", "2026-11-30T01:00:00Z")]
    public void The_next_time_is_told_in_the_workspaces_own_time(string cron, string zone, string now, string next) =>
        Assert.Equal(
            DateTimeOffset.Parse(next, null),
            CronTimes.NextOf(cron, TimeZoneInfo.FindSystemTimeZoneById(zone), DateTimeOffset.Parse(now, null)));

    [Theory]
    [InlineData("")]
    [InlineData("whenever")]
    public void What_is_no_schedule_never_comes(string cron) =>
        Assert.Null(CronTimes.NextOf(cron, TimeZoneInfo.Utc, DateTimeOffset.UnixEpoch));

    [Fact]
    public async Task A_run_that_is_due_is_asked_for_once_by_three_workers_and_the_next_time_is_set()
    {
        await using var scenario = await StartAsync();
        await scenario.StartWorkerAsync();
        await scenario.StartWorkerAsync();
        await scenario.Database.ExecuteAsync("update hubspot_connections set next_run_at = now() - interval '1 hour'");

        var runs = await Eventually.SeeAsync(
            () => scenario.QueryAsync(db => db.Runs.AsNoTracking()
                .Where(run => run.Trigger == RunTrigger.Schedule).ToListAsync()),
            seen => seen.Count > 0 && seen.TrueForAll(run => !run.IsActive),
            SyncScenario.RunLimit,
            "the run by schedule");

        Assert.Equal((RunState.Done, RunDepth.Changes), (Assert.Single(runs).State, runs[0].Depth));
        var connection = await scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync());
        var now = TimeProvider.System.GetUtcNow();
        Assert.InRange(connection.NextRunAt!.Value, now, now.AddDays(1));
    }

    [Theory]
    [InlineData("full_run_at = now() - interval '8 days', next_run_at = now()", RunTrigger.Schedule)]
    [InlineData("rules_changed_at = now() + interval '1 second'", RunTrigger.Rules)]
    public async Task Once_a_week_and_after_new_rules_it_looks_at_everything(string change, RunTrigger trigger)
    {
        await using var scenario = await StartAsync();
        await scenario.Database.ExecuteAsync($"update hubspot_connections set {change}");

        var run = await Eventually.SeeAsync(
            () => scenario.QueryAsync(db => db.Runs.AsNoTracking().FirstOrDefaultAsync(one => one.Trigger == trigger)),
            seen => seen is { IsActive: false },
            SyncScenario.RunLimit,
            "the full run");

        Assert.Equal((RunState.Done, RunDepth.Full), (run!.State, run.Depth));
    }

    [Fact]
    public async Task A_new_connection_gets_its_first_time_without_a_run()
    {
        await using var scenario = await StartAsync();

        await Eventually.SeeAsync(
            () => scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync()),
            seen => seen.NextRunAt is not null,
            SyncScenario.RunLimit,
            "the next time");

        Assert.Single(await scenario.QueryAsync(db => db.Runs.AsNoTracking().ToListAsync()));
    }

    [Fact]
    public async Task What_goes_wrong_with_a_schedule_is_tried_again_and_does_not_end_the_worker()
    {
        await using var scenario = await StartAsync();
        await scenario.StopWorkersAsync();
        await scenario.Database.ExecuteAsync(
            """
            update hubspot_connections set next_run_at = null;
            alter table hubspot_connections add constraint stumble check (next_run_at is null)
            """);
        await scenario.StartWorkerAsync(new MovedTime());
        await Eventually.SeeAsync(
            () => Task.FromResult(scenario.Log.Lines.Count(
                line => line.Contains("could not be looked at", StringComparison.Ordinal))),
            failures => failures > 1,
            SyncScenario.RunLimit,
            "the second failure");

        await scenario.Database.ExecuteAsync("alter table hubspot_connections drop constraint stumble");

        await Eventually.SeeAsync(
            () => scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync()),
            seen => seen.NextRunAt is not null,
            SyncScenario.RunLimit,
            "the next time");
    }

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        return scenario;
    }
}
