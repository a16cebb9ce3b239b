namespace HubSpotSync.Tests.Portal.Hosting;

/// <summary>A portal with one user of each role, for one class of tests.</summary>
public sealed class PortalFixture : IAsyncLifetime
{
    public PortalHost Portal { get; private set; } = null!; // set before the first test

    public async ValueTask InitializeAsync()
    {
        Portal = await PortalHost.BorrowAsync();
        await Portal.AddUserOfEachRoleAsync();
    }

    public ValueTask DisposeAsync() => Portal.DisposeAsync();
}
