using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;

namespace HubSpotSync.Tests.Browser;

/// <summary>
/// What holds on every page: usable with a screen reader, nothing wider than the screen, no complaint.
/// </summary>
internal static class PageRules
{
    private static readonly string[] Serious = ["serious", "critical"];

    public static async Task AssertGoodAsync(this Chrome chrome)
    {
        var page = chrome.Page;
        await page.WaitForLoadStateAsync(); // a click ends when the page is there, before its styles may be
        var found = await page.RunAxe();
        var violations = found.Violations
            .Where(violation => Serious.Contains(violation.Impact))
            .Select(Describe)
            .ToList();
        Assert.True(violations.Count == 0, $"{page.Url}: {string.Join("; ", violations)}");
        var overflow = await page.EvaluateAsync<int>(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(overflow <= 0, $"{page.Url} is {overflow} pixels wider than the screen");
        Assert.Equal(1, await page.Locator("h1").CountAsync());
        Assert.True(chrome.Complaints.Count == 0, string.Join("; ", chrome.Complaints));
    }

    private static string Describe(AxeResultItem violation)
    {
        var places = string.Join(", ", violation.Nodes.Take(3).Select(node => node.Target));
        return $"{violation.Id} ({violation.Impact}): {violation.Help} at {places}";
    }
}
