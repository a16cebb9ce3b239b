using Microsoft.Playwright;

namespace HubSpotSync.Tests.PageObjects;

internal sealed class SetupPage(IPage page)
{
    public const string Password = "correct horse battery staple";

    public async Task CreateOwnerAsync(Uri setupLink)
    {
        await page.GotoAsync(setupLink.AbsoluteUri);
        await page.GetByLabel("Your name").FillAsync("Olivia Owner");
        await page.GetByLabel("E-mail").FillAsync("olivia@example.com");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Password);
        await page.GetByLabel("Password again").FillAsync(Password);
        await page.GetByLabel("Company name").FillAsync("Harbour Trading");
    }

    public Task SubmitAsync() => page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
}
