namespace HubSpotSync.Tests.Scenarios;

/// <summary>
/// A small account, connected both ways and synced once, that the tests of a class share. Each makes records of its own
/// in it and leaves the rules as they were.
/// </summary>
public class ConnectedScene : IAsyncLifetime
{
    public SyncScenario Scenario { get; private set; } = null!; // xunit initialises it before the tests

    public virtual async ValueTask InitializeAsync()
    {
        Scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, FakeSteering.TokenArgument]);
        await Scenario.ConnectAsync();
        await Scenario.RunAsync();
    }

    public virtual async ValueTask DisposeAsync() => await Scenario.DisposeAsync();
}
