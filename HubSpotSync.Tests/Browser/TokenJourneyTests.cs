using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Identity;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Hosting;
using HubSpotSync.Tests.Scenarios;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>An installation without an app of its own is connected by a token, the second one that is pasted.</summary>
public sealed class TokenJourneyTests : IAsyncLifetime
{
    private const string HubSpot = "/settings/integrations/hubspot";

    private FakeHubSpotServer _fake = null!; // set before each test
    private PortalHost _portal = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _fake = await FakeHubSpotServer.StartAsync("--Fake:Contacts=20", "--Fake:Companies=5", "--Fake:Deals=5");
        _portal = await PortalHost.ServeAsync(
            ("HubSpot:ApiUrl", _fake.Url.AbsoluteUri), ("HubSpot:AppUrl", _fake.Url.AbsoluteUri),
            ("HubSpot:ClientId", ""), ("HubSpot:ClientSecret", ""));
        await _portal.AddUserOfEachRoleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _fake.DisposeAsync();
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task A_token_is_pasted_tried_and_connected(int width, ColorScheme scheme)
    {
        await using var chrome = await Chrome.OpenAsync(width, scheme, "Token");
        var pages = new InvoicePages(chrome.Page, _portal.Address);
        try
        {
            await WalkAsync(chrome, pages);
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    private async Task WalkAsync(Chrome chrome, InvoicePages pages)
    {
        var page = chrome.Page;
        await pages.SignInAsync(WorkspaceRole.Admin);
        await pages.OpenAsync(HubSpot);
        await Expect(page.GetByText("This installation has no HubSpot app yet")).ToBeVisibleAsync();
        await chrome.ShootAsync("no-app");
        await chrome.AssertGoodAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "connect with a token" }).ClickAsync();
        await chrome.ShootAsync("token");
        await chrome.AssertGoodAsync();

        await page.GetByLabel("Token", new() { Exact = true }).FillAsync(await MakeAsync("crm.objects.contacts.read"));
        await pages.PressAsync("Try it and connect");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Missing: crm.objects.companies.read");
        await chrome.ShootAsync("token-short");
        await chrome.AssertGoodAsync();

        await page.GetByLabel("Token", new() { Exact = true }).FillAsync(await MakeAsync());
        await pages.PressAsync("Try it and connect");
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync($"({_fake.PortalId}) is connected.");
        await pages.OpenAsync(HubSpot);
        await Expect(page.GetByText("we ask every 5 minutes")).ToBeVisibleAsync();
        await chrome.ShootAsync("token-connected");
        await chrome.AssertGoodAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Disconnect" }).ClickAsync();
        await Expect(page.GetByText("In HubSpot the token lives on")).ToBeVisibleAsync();
        await chrome.AssertGoodAsync();
    }

    private async Task<string> MakeAsync(params string[] scopes)
    {
        var made = await _fake.ControlAsync(
            HttpMethod.Post,
            string.Create(CultureInfo.InvariantCulture, $"accounts/{_fake.PortalId}/private-apps"),
            new { scopes = scopes.Length > 0 ? scopes : [.. HubSpotScopes.Required(SyncMode.TwoWay)] });
        var token = made.GetProperty("token").GetString()!; // always there
        _portal.Secrets.Add(token);
        return token;
    }
}
