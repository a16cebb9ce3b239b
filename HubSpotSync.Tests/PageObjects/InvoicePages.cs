using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Playwright;

namespace HubSpotSync.Tests.PageObjects;

/// <summary>From a customer's deal to an invoice that is paid.</summary>
internal sealed class InvoicePages(IPage page, Uri portal)
{
    public ILocator Heading => page.GetByRole(AriaRole.Heading, new() { Level = 1 });

    public ILocator Total => page.Locator("#totals dd").Last;

    public ILocator Nets => page.Locator("[data-line-net]");

    public ILocator Descriptions => page.GetByLabel("Description");

    public async Task SignInAsync(WorkspaceRole role)
    {
        await OpenAsync("/signin");
        await page.GetByLabel("E-mail").FillAsync(PortalHost.EmailOf(role));
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(PortalHost.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Assertions.Expect(page).ToHaveURLAsync(portal.AbsoluteUri);
    }

    public Task OpenAsync(string path) => page.GotoAsync(new Uri(portal, path).AbsoluteUri);

    public Task InvoiceDealAsync(string deal) =>
        page.GetByRole(AriaRole.Link, new() { Name = $"Invoice {deal}" }).ClickAsync();

    public async Task AddLineAsync(string description, string price)
    {
        var count = await Descriptions.CountAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a line" }).ClickAsync();
        await Assertions.Expect(Descriptions).ToHaveCountAsync(count + 1);
        await Assertions.Expect(Descriptions.Last).ToBeFocusedAsync();
        await Descriptions.Last.FillAsync(description);
        await TypeAsync("Price", price);
    }

    /// <summary>Types into the last line, and leaves the field.</summary>
    public async Task TypeAsync(string label, string text)
    {
        await page.GetByLabel(label).Last.FillAsync(text);
        await page.GetByLabel(label).Last.PressAsync("Tab");
    }

    /// <summary>Types into the last line until the page has noticed.</summary>
    public async Task TypeAndBeHeardAsync(string label, string text)
    {
        await page.EvaluateAsync(
            """
            () => { window.heard = new Promise(hear =>
              document.getElementById('totals').addEventListener('htmx:trigger', () => hear(), { once: true })); }
            """);
        await TypeAsync(label, text);
        await page.EvaluateAsync("() => window.heard");
    }

    public Task PressAsync(string button) =>
        page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    public Task FollowAsync(string link) =>
        page.GetByRole(AriaRole.Link, new() { Name = link, Exact = true }).First.ClickAsync();

    public async Task<byte[]> DownloadPdfAsync()
    {
        var download = await page.RunAndWaitForDownloadAsync(() => FollowAsync("PDF"));
        await using var file = await download.CreateReadStreamAsync();
        using var bytes = new MemoryStream();
        await file.CopyToAsync(bytes);
        return bytes.ToArray();
    }

    public async Task PayAsync(string? amount)
    {
        await FollowAsync("Record payment");
        if (amount is not null)
        {
            await page.GetByLabel("Amount in").FillAsync(amount);
        }
    }
}
