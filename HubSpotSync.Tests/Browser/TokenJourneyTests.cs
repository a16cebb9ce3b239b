using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Identity;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Tests.PageObjects;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>An installation without an app of its own is connected by a token, the second one that is pasted.</summary>
public sealed class TokenJourneyTests : IAsyncLifetime
{
    private const string HubSpot = "/settings/integrations/hubspot";

    private PortalBesideFake _stage = null!; // set before each test

    public async ValueTask InitializeAsync() =>
        _stage = await PortalBesideFake.StartAsync(("HubSpot:ClientId", ""), ("HubSpot:ClientSecret", ""));

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public Task A_token_is_pasted_tried_and_connected(int width, ColorScheme scheme) =>
        _stage.WalkAsync(width, scheme, "Token", WalkAsync);

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
        await Expect(page.GetByRole(AriaRole.Status).First)
            .ToContainTextAsync($"({_stage.Fake.PortalId}) is connected.");
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
        var made = await _stage.Fake.ControlAsync(
            HttpMethod.Post,
            string.Create(CultureInfo.InvariantCulture, $"accounts/{_stage.Fake.PortalId}/private-apps"),
            new { scopes = scopes.Length > 0 ? scopes : [.. HubSpotScopes.Required(SyncMode.TwoWay)] });
        var token = made.GetProperty("token").GetString()!; // always there
        _stage.Portal.Secrets.Add(token);
        return token;
    }
}
