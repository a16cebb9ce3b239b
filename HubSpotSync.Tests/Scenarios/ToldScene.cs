namespace HubSpotSync.Tests.Scenarios;

/// <summary>The same with a portal that hears what HubSpot tells.</summary>
public sealed class ToldScene : ConnectedScene
{
    public WebhookDoor Door { get; private set; } = null!; // xunit initialises it before the tests

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Door = await WebhookDoor.StartAsync(Scenario);
    }

    /// <summary>Everything was told, looked at and answered, echoes of our own writes included.</summary>
    public async Task SettleAsync()
    {
        for (var round = 0; round < 2; round++) // what is written for the first round is told in the second
        {
            await Scenario.NothingWaitsAsync();
            await Door.FlushAsync();
        }

        await Scenario.NothingWaitsAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await Door.DisposeAsync();
        await base.DisposeAsync();
    }
}
