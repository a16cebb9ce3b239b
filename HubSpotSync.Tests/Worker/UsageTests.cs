using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Worker;

/// <summary>What a sync costs, how long it takes and what fails in it is kept for the pages.</summary>
public sealed class UsageTests
{
    [Fact]
    public async Task Requests_are_counted_for_the_run_and_by_who_made_them_and_waits_by_how_long_they_took()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        scenario.Requests().Reset();
        var run = await scenario.RunAsync();
        var sent = scenario.Requests().Total - scenario.Requests().CountOf("POST", FakeSteering.TokenRoute);

        await scenario.AddCustomerAsync("new@usage.example");
        await scenario.SeeContactAsync("new@usage.example", _ => true);
        await scenario.NothingWaitsAsync();

        Assert.InRange(run.Requests, 5, sent);
        await Eventually.SeeAsync(
            () => scenario.Database.ScalarAsync<string>(
                """
                select coalesce(string_agg(distinct lane, ', ' order by lane), '') from hubspot_usage
                  where requests > 0
                """),
            lanes => lanes.Contains("Backfill", StringComparison.Ordinal)
                && lanes.Contains("Push", StringComparison.Ordinal),
            SyncScenario.RunLimit,
            "both lanes");
        await Eventually.SeeAsync(
            () => scenario.Database.ScalarAsync<long>(
                "select coalesce(sum(records), 0)::bigint from sync_waits where lane = 'Push' and longest_ms > 0"),
            records => records == 1,
            SyncScenario.RunLimit,
            "the wait to be counted");
    }

    [Fact]
    public async Task What_failed_in_a_run_is_kept_with_the_run_when_a_later_look_ends_better()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.PauseWorkersAsync();
        await scenario.AddCustomerAsync("not an address");
        await scenario.ConnectAsync();
        await scenario.StartWorkerAsync();
        var run = await scenario.RunAsync();

        await scenario.Database.ExecuteAsync(
            "update customers set email = 'good@usage.example' where email like 'not%'");
        await scenario.SeeContactAsync("good@usage.example", _ => true);
        await scenario.NothingWaitsAsync();

        Assert.Equal(1, run.Failed);
        Assert.Equal(
            $"{RecordKind.Contact} {OutcomeReason.RefusedByHubSpot}",
            await scenario.Database.ScalarAsync<string>(
                $"select kind || ' ' || reason from run_failures where run_id = '{run.Id}'"));
        Assert.Equal(0, await scenario.Database.ScalarAsync<long>(
            "select count(*) from record_outcomes where state = 'Failing'"));
    }

    [Fact]
    public async Task A_run_that_is_stopped_ends_between_two_pages()
    {
        await using var scenario = await SyncScenario.StartAsync(
            "--Fake:Contacts=8000", "--Fake:Companies=0", "--Fake:Deals=0", "--Fake:Limits=off",
            "--Fake:LatencyMs=120");
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await Eventually.SeeAsync(
            () => scenario.Database.ScalarAsync<int>("select processed from sync_runs"),
            processed => processed > 0,
            SyncScenario.RunLimit,
            "a first page");

        await scenario.Database.ExecuteAsync("update sync_runs set cancel_requested = true");
        var end = await scenario.WaitForEndAsync(run.Id);

        Assert.Equal(RunState.Cancelled, end.State);
        Assert.Equal(end.Processed, await scenario.Database.ScalarAsync<long>("select count(*) from record_outcomes"));
    }
}
