using System.Globalization;
using Microsoft.Playwright;

namespace HubSpotSync.Tests.PageObjects;

internal sealed class CustomersPage(IPage page)
{
    public async Task OpenAsync()
    {
        await page.GetByRole(AriaRole.Link, new() { Name = "Customers" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Heading, new() { Name = "Customers", Level = 1 }).WaitForAsync();
    }

    /// <summary>The number on the chip of a stage; "All" for all of them.</summary>
    public async Task<int> CountAsync(string chip)
    {
        var text = await page.GetByRole(AriaRole.Link).Filter(new() { HasText = chip }).First.TextContentAsync() ?? "";
        return int.Parse(
            new string([.. text.Where(char.IsAsciiDigit)]), CultureInfo.InvariantCulture);
    }

    public Task SearchAsync(string text) => page.GetByRole(AriaRole.Searchbox).FillAsync(text);

    public ILocator Customer(string email) => page.GetByText(email);

    public ILocator NameLinks => page.Locator(".row-title a[href^='/customers/']");
}
