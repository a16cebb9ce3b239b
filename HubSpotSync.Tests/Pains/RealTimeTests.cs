using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>Changes that only polling finds.</summary>
public sealed class RealTimeTests(ToldScene scene) : IClassFixture<ToldScene>
{
    private readonly SyncScenario _scenario = scene.Scenario;

    [Fact]
    public async Task A_change_in_HubSpot_is_here_without_a_run_or_a_search()
    {
        await _scenario.StagesAreCountedAsync();
        _scenario.Requests().Reset();

        var id = await _scenario.MakeContactAsync("told@now.example", ("city", "Graz"));
        await SeeAsync(id, "Graz");
        await _scenario.EditThereAsync(id, new { city = "Lund" });
        await SeeAsync(id, "Lund");
        await scene.Door.FlushAsync();
        await _scenario.NothingWaitsAsync();

        Assert.Equal(1, await _scenario.QueryAsync(db => db.Runs.CountAsync())); // the first one
        Assert.Equal(0, _scenario.Requests().CountOf("POST", FakeSteering.SearchRoute));
        Assert.Equal(0, _scenario.Requests().CountOf("GET", FakeSteering.ListRoute));
        Assert.Empty(_scenario.Writes());
    }

    private Task SeeAsync(long id, string city) => Eventually.SeeAsync(
        () => _scenario.CustomerAsync(id),
        customer => customer?.City == city,
        SyncScenario.RunLimit,
        $"the customer to live in {city}");
}
