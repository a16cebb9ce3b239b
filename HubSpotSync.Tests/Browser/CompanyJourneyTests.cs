using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

public sealed class CompanyJourneyTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.ServeAsync();
        await _portal.AddUserOfEachRoleAsync();
        var connection = await _portal.AddConnectionAsync();
        await _portal.AddLinkAsync(
            connection, "Company", await _portal.AddCompanyAsync("Engines", "engines.example"), 501);
        await _portal.AddCompanyAsync("Engine Works", "works.example");
        await _portal.AddCompanyAsync("Other", "other.example");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task Companies_are_tagged_many_are_changed_a_view_is_kept_and_two_merged(int width, ColorScheme scheme)
    {
        await using var chrome = await Chrome.OpenAsync(width, scheme);
        var pages = new CustomerPages(chrome.Page, _portal.Address);
        try
        {
            await pages.SignInAsync(WorkspaceRole.Member);
            await TagAsync(chrome, pages);
            await ChangeManyAsync(chrome, pages);
            await MergeAsync(chrome, pages);
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    private static async Task TagAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.OpenAsync("/companies");
        await pages.FollowAsync("Engine Works");
        await pages.FillAsync("New tag", "Key account");
        await pages.PressAsync("Add tag");
        await Expect(chrome.Page.Locator(".timeline-list")).ToContainTextAsync("Tagged “Key account”");
        await chrome.AssertGoodAsync();
        await chrome.ShootAsync("company");
    }

    private static async Task ChangeManyAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.OpenAsync("/companies");
        await chrome.Page.GetByLabel("Tick Other").CheckAsync();
        await chrome.Page.Locator("#bulk").GetByLabel("Tag", new() { Exact = true }).FillAsync("Fair");
        await chrome.AssertGoodAsync();
        await chrome.ShootAsync("many");
        await pages.PressAsync("Do it");
        await Expect(pages.Heading).ToHaveTextAsync("1 company tagged");
        await chrome.AssertGoodAsync();
        await pages.PressAsync("Undo");
        await Expect(pages.Heading).ToHaveTextAsync("1 company freed of the tag");
        await pages.OpenAsync("/companies?source=local");
        await chrome.Page.GetByText("Save view").ClickAsync();
        await pages.FillAsync("Name", "Made here");
        await pages.PressAsync("Save");
        await Expect(chrome.Page.GetByRole(AriaRole.Link, new() { Name = "Made here" })).ToBeVisibleAsync();
        await chrome.AssertGoodAsync();
    }

    private static async Task MergeAsync(Chrome chrome, CustomerPages pages)
    {
        await pages.OpenAsync("/companies");
        await pages.FollowAsync("Engine Works");
        var old = new Uri(chrome.Page.Url).AbsolutePath;
        await pages.OpenAsync("/companies");
        await pages.FollowAsync("Engines");
        await pages.FollowAsync("Merge");
        await chrome.Page.GetByRole(AriaRole.Searchbox).FillAsync("engine");
        await pages.PressAsync("Find");
        await chrome.Page.GetByRole(AriaRole.Link, new() { Name = "Compare with Engine Works" }).ClickAsync();
        await chrome.AssertGoodAsync();
        await chrome.ShootAsync("merge");
        await pages.PressAsync("Merge into Engines");
        await Expect(chrome.Page.GetByText("The two are one now.")).ToBeVisibleAsync();
        await pages.OpenAsync(old);
        await Expect(pages.Heading).ToHaveTextAsync("Engines");
        await Expect(chrome.Page.GetByText("was merged into this one")).ToBeVisibleAsync();
        await chrome.AssertGoodAsync();
        await chrome.ShootAsync("merged");
    }
}
