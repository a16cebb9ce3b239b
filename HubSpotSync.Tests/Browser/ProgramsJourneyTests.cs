using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>An admin lets a program in and has another one told, in a browser at both widths.</summary>
public sealed class ProgramsJourneyTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.ServeAsync(
            ("OutgoingWebhooks:AllowPrivateTargets", "true"), ("OutgoingWebhooks:Interval", "00:00:00.2"));
        await _portal.AddUserOfEachRoleAsync();
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public Task A_key_is_made_copied_and_taken_back(int width, ColorScheme scheme) =>
        WalkAsync(width, scheme, "Keys", async (chrome, pages) =>
        {
            var page = chrome.Page;
            await pages.OpenAsync("/settings/api-keys");
            await Expect(pages.Heading).ToHaveTextAsync("No program has a key yet");
            await chrome.AssertGoodAsync();
            await page.GetByLabel("Program").FillAsync("Web shop");
            await page.GetByText("Read customers, companies and deals").CheckAsync();
            await pages.PressAsync("Make the key");
            await Expect(page.Locator("code.password")).ToContainTextAsync("hsk_");
            _portal.Secrets.Add((await page.Locator("code.password").TextContentAsync())!); // expected above
            await Expect(pages.Heading).ToHaveTextAsync("1 program can use the API");
            await chrome.AssertGoodAsync();
            await page.GetByRole(AriaRole.Button, new() { Name = "Revoke the key of Web shop" }).ClickAsync();
            await Expect(page.GetByText("Revoked", new() { Exact = true })).ToBeVisibleAsync();
            await chrome.AssertGoodAsync();
        });

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_webhook_is_set_up_tested_and_what_failed_is_told_again(int width, ColorScheme scheme)
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Answer = _ => Task.FromResult(500);
        await WalkAsync(width, scheme, "Webhooks", async (chrome, pages) =>
        {
            var page = chrome.Page;
            await pages.OpenAsync("/settings/webhooks");
            await Expect(pages.Heading).ToHaveTextAsync("No program is told of changes yet");
            await chrome.AssertGoodAsync();
            await page.GetByLabel("Address").FillAsync(receiver.Target);
            await page.GetByText("Invoice paid in full").CheckAsync();
            await pages.PressAsync("Set up");
            await Expect(page.Locator("code.password")).ToContainTextAsync("whsec_");
            _portal.Secrets.Add((await page.Locator("code.password").TextContentAsync())!); // expected above
            await chrome.AssertGoodAsync();
            await page.GetByRole(AriaRole.Link, new() { Name = receiver.Target }).ClickAsync();
            await Expect(page.GetByText("Nothing yet")).ToBeVisibleAsync();
            await pages.PressAsync("Send a test");
            await Expect(page.GetByText("It answered 500.").First).ToBeVisibleAsync(); // the log fills by itself
            await pages.OpenAsync(new Uri(page.Url).AbsolutePath);
            await Expect(page.GetByText("Nothing arrives there since")).ToBeVisibleAsync();
            await chrome.AssertGoodAsync();
            receiver.Answer = _ => Task.FromResult(204);
            await pages.PressAsync("Try now");
            await Expect(page.GetByText("Arrived", new() { Exact = true })).ToBeVisibleAsync();
            await chrome.AssertGoodAsync();
        });
    }

    private async Task WalkAsync(
        int width, ColorScheme scheme, string name, Func<Chrome, InvoicePages, Task> walk)
    {
        await using var chrome = await Chrome.OpenAsync(width, scheme, name);
        var pages = new InvoicePages(chrome.Page, _portal.Address);
        try
        {
            await pages.SignInAsync(WorkspaceRole.Admin);
            await walk(chrome, pages);
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }
}
