using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Hosting;
using HubSpotSync.Tests.Scenarios;
using Microsoft.Playwright;

namespace HubSpotSync.Tests.Browser;

/// <summary>A portal with users and a small HubSpot beside it, for journeys that connect the two.</summary>
internal sealed class PortalBesideFake : IAsyncDisposable
{
    private PortalBesideFake(FakeHubSpotServer fake, PortalHost portal) => (Fake, Portal) = (fake, portal);

    public FakeHubSpotServer Fake { get; }

    public PortalHost Portal { get; }

    public static async Task<PortalBesideFake> StartAsync(params (string Name, string? Value)[] settings)
    {
        var fake = await FakeHubSpotServer.StartAsync("--Fake:Contacts=20", "--Fake:Companies=5", "--Fake:Deals=5");
        var portal = await PortalHost.ServeAsync(
            [("HubSpot:ApiUrl", fake.Url.AbsoluteUri), ("HubSpot:AppUrl", fake.Url.AbsoluteUri), .. settings]);
        await portal.AddUserOfEachRoleAsync();
        return new PortalBesideFake(fake, portal);
    }

    /// <summary>In a browser of its own; where the walk ends badly, evidence of it is kept.</summary>
    public async Task WalkAsync(
        int width, ColorScheme scheme, string name, Func<Chrome, InvoicePages, Task> walkAsync)
    {
        await using var chrome = await Chrome.OpenAsync(width, scheme, name);
        try
        {
            await walkAsync(chrome, new InvoicePages(chrome.Page, Portal.Address));
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Fake.DisposeAsync();
    }
}
