using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>The fake's own pages, used as a person uses them.</summary>
public sealed class FakePagesTests
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Records_are_browsed_edited_and_removed(int width, ColorScheme scheme)
    {
        await using var host = await FakeHubSpotHost.StartAsync(TestContext.Current.CancellationToken);
        await using var chrome = await Chrome.OpenAsync(width, scheme);
        try
        {
            await EditAsync(chrome, host);
            await RemoveAsync(chrome);
            await SteerAsync(chrome, host);
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    private static async Task EditAsync(Chrome chrome, FakeHubSpotHost host)
    {
        var page = chrome.Page;
        await page.GotoAsync(host.Address.AbsoluteUri);
        await chrome.AssertGoodAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Acme Outfitters" }).ClickAsync();
        await chrome.AssertGoodAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "contacts" }).ClickAsync();
        await chrome.AssertGoodAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "New contact" }).ClickAsync();
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync("not an address");
        await page.GetByLabel("First name").FillAsync("Person");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create as a person" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("email");
        await Expect(page.GetByLabel("First name")).ToHaveValueAsync("Person");
        await chrome.AssertGoodAsync();
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync("person@pages.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create as a person" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Created.");

        await page.GetByLabel("First name").FillAsync("Somebody");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as a person" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToContainTextAsync("Somebody");
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "History" })).ToContainTextAsync("CRM_UI");
        await chrome.AssertGoodAsync();
        var made = host.Accounts.Main.Store(ObjectType.Contact).Records[^1];
        Assert.Equal(("Somebody", "person@pages.example"), (made.Value("firstname"), made.Value("email")));
    }

    private static async Task RemoveAsync(Chrome chrome)
    {
        var page = chrome.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Archive" }).ClickAsync();
        await Expect(page.GetByText("An archived record cannot be edited.")).ToBeVisibleAsync();
        await chrome.AssertGoodAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Restore it" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase for privacy" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("erased");
        await page.GetByRole(AriaRole.Searchbox).FillAsync("person@pages.example");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search" }).ClickAsync();
        await Expect(page.GetByText("Nothing has that in any of its values.")).ToBeVisibleAsync();
    }

    private static async Task SteerAsync(Chrome chrome, FakeHubSpotHost host)
    {
        var page = chrome.Page;
        await page.GotoAsync(host.Address.AbsoluteUri);
        await page.GetByRole(AriaRole.Button, new() { Name = "Locked, once" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Planned faults" })).ToContainTextAsync("423");
        Assert.Equal(1, host.Faults.Pending);
        await page.GetByLabel("Latency of each call").FillAsync("7");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save settings" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Settings saved.");
        Assert.Equal(7, host.Settings.LatencyMs);
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear all faults" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Region, new() { Name = "Planned faults" })).ToHaveCountAsync(0);
        await chrome.AssertGoodAsync();
    }
}
