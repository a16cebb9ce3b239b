using System.Globalization;
using System.Net;
using System.Web;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Portal.Hosting;

/// <summary>A portal and a fake HubSpot, and a person who goes from one to the other and back.</summary>
public sealed class ConnectVisit : IAsyncDisposable
{
    private ConnectVisit(PortalHost portal, FakeHubSpotServer fake) => (Portal, Fake) = (portal, fake);

    public PortalHost Portal { get; }

    public FakeHubSpotServer Fake { get; }

    public PageClient Admin { get; private set; } = null!; // set by StartAsync

    public static async Task<ConnectVisit> StartAsync(params (string Name, string? Value)[] settings)
    {
        var fake = await FakeHubSpotServer.StartAsync("--Fake:Contacts=20", "--Fake:Companies=5", "--Fake:Deals=5");
        var portal = await PortalHost.StartAsync(
            [("HubSpot:ApiUrl", fake.Url.AbsoluteUri), ("HubSpot:AppUrl", fake.Url.AbsoluteUri), .. settings]);
        portal.Secrets.Add("fake-client-secret");
        await portal.AddUserOfEachRoleAsync();
        return new ConnectVisit(portal, fake) { Admin = await portal.AsAsync(WorkspaceRole.Admin) };
    }

    /// <summary>From our page to the address at HubSpot.</summary>
    public async Task<Uri> BeginAsync(SyncMode mode = SyncMode.TwoWay, PageClient? browser = null)
    {
        browser ??= Admin;
        var page = await browser.GetAsync("/settings/integrations/hubspot/connect");
        var answer = await browser.SubmitAsync(page, "Continue to HubSpot", ("Mode", mode.ToString()));
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        var url = new Uri(answer.Location!); // a redirect has one
        Portal.Secrets.Add(HttpUtility.ParseQueryString(url.Query)["state"]!); // the portal always gives one
        return url;
    }

    /// <summary>What HubSpot's consent page answers: the address that leads back to us.</summary>
    public async Task<string> DecideAsync(Uri authorize, string decision = "approve", int? account = null)
    {
        var asked = HttpUtility.ParseQueryString(authorize.Query);
        var form = asked.AllKeys.OfType<string>().ToDictionary(key => key, key => asked[key] ?? "");
        form["account"] = (account ?? Fake.PortalId).ToString(CultureInfo.InvariantCulture);
        form["decision"] = decision;
        using var content = new FormUrlEncodedContent(form);
        using var answer = await Fake.Http.PostAsync(new Uri(Fake.Url, "/oauth/authorize"), content);
        var back = answer.Headers.Location!.PathAndQuery; // both decisions lead back
        if (HttpUtility.ParseQueryString(answer.Headers.Location.Query)["code"] is { } code)
        {
            Portal.Secrets.Add(code);
        }

        return back;
    }

    public async Task<PageAnswer> ConnectAsync(SyncMode mode = SyncMode.TwoWay, int? account = null) =>
        await Admin.GetAsync(await DecideAsync(await BeginAsync(mode), account: account));

    public Task<long> CountAsync(string table) => Portal.Database.ScalarAsync<long>($"select count(*) from {table}");

    public async ValueTask DisposeAsync()
    {
        await Portal.DisposeAsync();
        await Fake.DisposeAsync();
    }
}
