using System.Text;
using HubSpotSync.Data.Identity;
using Microsoft.Playwright;

namespace HubSpotSync.Tests.PageObjects;

/// <summary>Customers as people here write them.</summary>
internal sealed class CustomerPages(IPage page, Uri portal)
{
    private readonly InvoicePages _common = new(page, portal);

    public ILocator Heading => _common.Heading;

    public ILocator SyncState => page.Locator("#sync");

    public Task SignInAsync(WorkspaceRole role) => _common.SignInAsync(role);

    public Task OpenAsync(string path) => _common.OpenAsync(path);

    public Task PressAsync(string button) => _common.PressAsync(button);

    public Task FollowAsync(string link) => _common.FollowAsync(link);

    public Task FillAsync(string label, string text) =>
        page.GetByLabel(label, new() { Exact = true }).FillAsync(text);

    public async Task UploadAsync(string csv)
    {
        await page.GetByLabel("CSV file").SetInputFilesAsync(new FilePayload
        {
            Name = "customers.csv",
            MimeType = "text/csv",
            Buffer = Encoding.UTF8.GetBytes(csv),
        });
        await PressAsync("Upload");
    }
}
