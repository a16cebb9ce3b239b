using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>The API's page works where there is no internet.</summary>
public sealed class ScalarTests
{
    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task The_page_of_the_API_loads_from_here_alone(int width, ColorScheme scheme)
    {
        await using var portal = await PortalHost.ServeAsync();
        await portal.AddUserOfEachRoleAsync();
        await using var chrome = await Chrome.OpenAsync(width, scheme, "Scalar");
        var pages = new InvoicePages(chrome.Page, portal.Address);
        var elsewhere = new List<string>();
        chrome.Page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith(portal.Address.AbsoluteUri, StringComparison.Ordinal)
                && !request.Url.StartsWith("data:", StringComparison.Ordinal)
                && !request.Url.StartsWith("blob:", StringComparison.Ordinal))
            {
                elsewhere.Add(request.Url);
            }
        };
        try
        {
            await pages.SignInAsync(WorkspaceRole.Viewer);
            await chrome.Page.GotoAsync(new Uri(portal.Address, "/scalar").AbsoluteUri);
            await Expect(chrome.Page.GetByRole(AriaRole.Heading, new() { Name = "HubSpotSync" }).First)
                .ToBeVisibleAsync(new() { Timeout = 20_000 });
            await Expect(chrome.Page.GetByText("List customers").First).ToBeAttachedAsync();
            await chrome.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
            await chrome.ShootAsync("api");

            Assert.Empty(elsewhere);
            Assert.True(chrome.Complaints.Count == 0, string.Join("; ", chrome.Complaints));
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }
}
