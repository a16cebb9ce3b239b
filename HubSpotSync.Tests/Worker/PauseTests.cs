using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Pains;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>While somebody has paused it nothing is asked of HubSpot, and afterwards nothing is missing.</summary>
public sealed class PauseTests
{
    [Fact]
    public async Task Nothing_is_written_while_it_is_paused_and_everything_afterwards()
    {
        await using var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, FakeSteering.TokenArgument]);
        await scenario.ConnectAsync();
        await scenario.LookAtEverythingAsync();
        await scenario.NothingWaitsAsync();
        await scenario.StagesAreCountedAsync();
        await PauseAsync(scenario);
        scenario.Requests().Reset();

        await scenario.Database.ExecuteAsync("update customers set city = 'Lund'");
        await scenario.MakeContactAsync("meanwhile@people.example");
        var run = await scenario.RequestRunAsync(RunDepth.Changes);
        await scenario.Database.ExecuteAsync("update hubspot_connections set next_run_at = now()");
        await Eventually.SeeAsync( // the worker has looked round twice meanwhile
            () => scenario.Database.ScalarAsync<bool>(
                $"select requested_at < now() - interval '6 seconds' from sync_runs where id = '{run.Id}'"),
            isOld => isOld, SyncScenario.RunLimit, "some seconds to pass");
        Assert.Equal(0, scenario.Requests().Total);

        await ResumeAsync(scenario);

        Assert.Equal(RunState.Done, (await scenario.WaitForEndAsync(run.Id)).State);
        await scenario.NothingWaitsAsync();
        Assert.Contains(await scenario.CustomersAsync(), one => one.Email == "meanwhile@people.example");
        Assert.Contains(await FakeContacts.ReadAsync(scenario.Fake), contact => contact["city"] == "Lund");
    }

    [Fact]
    public async Task A_run_that_is_under_way_stops_and_goes_on_where_it_was()
    {
        await using var scenario = await SyncScenario.StartAsync(
            "--Fake:Contacts=1500", "--Fake:Companies=10", "--Fake:Deals=10", "--Fake:Limits=off",
            "--Fake:LatencyMs=150");
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await Eventually.SeeAsync(
            () => scenario.ReadRunAsync(run.Id), seen => seen.Processed > 100, SyncScenario.RunLimit, "some pages");

        await PauseAsync(scenario);
        var stopped = await Eventually.SeeAsync(
            () => scenario.ReadRunAsync(run.Id),
            seen => seen.LeaseUntil is null || seen.LeaseUntil < TimeProvider.System.GetUtcNow(),
            SyncScenario.RunLimit, "the run to be let go");
        Assert.True(stopped.IsActive);
        await ResumeAsync(scenario);
        var end = await scenario.WaitForEndAsync(run.Id);

        Assert.Equal((RunState.Done, 0), (end.State, end.Failed));
        Assert.True(end.Processed >= stopped.Processed);
    }

    private static async Task PauseAsync(SyncScenario scenario) => Assert.True(
        await scenario.WithAsync((services, _) => services.GetRequiredService<ConnectionRegistry>()
            .PauseAsync(scenario.ConnectionId, CancellationToken.None)));

    private static Task ResumeAsync(SyncScenario scenario) => scenario.QueryAsync(async db =>
    {
        var connection = await db.Connections.SingleAsync();
        connection.Become(ConnectionState.Connected, null, TimeProvider.System.GetUtcNow());
        return await db.SaveChangesAsync();
    });
}
