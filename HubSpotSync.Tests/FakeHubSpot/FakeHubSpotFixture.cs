using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>One fake for the tests of this folder; each test makes the records and tokens it looks at.</summary>
public sealed class FakeHubSpotFixture : IAsyncLifetime
{
    public FakeHubSpotHost Host { get; private set; } = null!; // xunit initialises it before the first test

    public async ValueTask InitializeAsync() =>
        Host = await FakeHubSpotHost.StartAsync(TestContext.Current.CancellationToken);

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
