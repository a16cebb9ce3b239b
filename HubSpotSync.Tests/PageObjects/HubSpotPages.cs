using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace HubSpotSync.Tests.PageObjects;

/// <summary>From the settings to the running sync, consent included.</summary>
internal sealed partial class HubSpotPages(IPage page)
{
    private static readonly Regex InSync = InSyncPattern();

    public async Task OpenConnectAsync()
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Settings" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Integrations" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { NameRegex = ConnectPattern() }).First.ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(ConnectAddressPattern());
    }

    public Task ChooseTwoWayAsync() =>
        page.GetByRole(AriaRole.Radio, new() { NameRegex = TwoWayPattern() }).CheckAsync();

    public Task ContinueToHubSpotAsync() =>
        page.GetByRole(AriaRole.Button, new() { Name = "Continue to HubSpot" }).ClickAsync();

    public async Task ConsentAsync(string account)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = account }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Connect app" }).ClickAsync();
    }

    public async Task DenyAsync(string account)
    {
        await page.GetByRole(AriaRole.Radio, new() { Name = account }).CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Deny" }).ClickAsync();
    }

    /// <summary>How many contacts the page promises, once they are counted.</summary>
    public async Task<int> ReadPromiseAsync()
    {
        var sentence = await page.Locator("[data-filter-sentence]").TextContentAsync();
        var number = FirstNumber().Match(sentence ?? "").Value;
        return int.Parse(number, NumberStyles.AllowThousands, CultureInfo.InvariantCulture);
    }

    public Task ToggleStageAsync(string stage) =>
        page.GetByRole(AriaRole.Checkbox, new() { NameRegex = new Regex($"^{stage}") }).ClickAsync();

    public Task StartFirstSyncAsync() =>
        page.GetByRole(AriaRole.Button, new() { Name = "Start first sync" }).ClickAsync();

    public ILocator Progress => page.GetByRole(AriaRole.Progressbar).First;

    public ILocator Result => page.GetByRole(AriaRole.Heading, new() { NameRegex = InSync });

    [GeneratedRegex("records? in sync")]
    private static partial Regex InSyncPattern();

    [GeneratedRegex("^Two-way")]
    private static partial Regex TwoWayPattern();

    [GeneratedRegex("Connect")]
    private static partial Regex ConnectPattern();

    [GeneratedRegex("/connect$")]
    private static partial Regex ConnectAddressPattern();

    [GeneratedRegex("[0-9,]+")]
    private static partial Regex FirstNumber();
}
