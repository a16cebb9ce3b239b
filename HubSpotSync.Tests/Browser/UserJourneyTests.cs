using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Hosting;
using HubSpotSync.Tests.Portal.Users;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>Somebody is invited, comes in, gets another role, a second factor, and is signed out.</summary>
public sealed class UserJourneyTests : IAsyncLifetime
{
    private const string NewPassword = "fresh canary words";

    private readonly string _pickup = Servers.Folder("mail");
    private PortalHost _portal = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.ServeAsync(("Mail:PickupFolder", _pickup));
        await _portal.AddUserOfEachRoleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        Directory.Delete(_pickup, recursive: true);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task From_the_invitation_to_the_end_of_a_session(int width, ColorScheme scheme)
    {
        await using var boss = await Chrome.OpenAsync(width, scheme, "UsersBoss");
        await using var ann = await Chrome.OpenAsync(width, scheme, "UsersAnn");
        try
        {
            await WalkAsync(boss, ann);
        }
        catch
        {
            await boss.KeepEvidenceAsync();
            await ann.KeepEvidenceAsync();
            throw;
        }
    }

    private async Task WalkAsync(Chrome boss, Chrome ann)
    {
        var pages = new InvoicePages(boss.Page, _portal.Address);
        await pages.SignInAsync(WorkspaceRole.Owner);
        var link = await InviteAsync(boss, pages);
        await JoinAsync(ann, link);

        await pages.OpenAsync("/settings/users");
        await boss.Page.GetByRole(AriaRole.Link, new() { Name = "Ann Example" }).ClickAsync();
        await boss.Page.Locator("input[name=role][value=Admin]").CheckAsync();
        await boss.ShootAsync("user");
        await boss.AssertGoodAsync();
        await pages.PressAsync("Save role");
        await Expect(boss.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("it counts at once");
        await Expect(ann.Page.GetByRole(AriaRole.Link, new() { Name = "Users" })).ToHaveCountAsync(0);
        await ann.Page.GotoAsync(new Uri(_portal.Address, "/settings").AbsoluteUri);
        await Expect(ann.Page.GetByRole(AriaRole.Link, new() { Name = "Users" })).ToBeVisibleAsync();

        var key = await TurnTwoFactorOnAsync(ann);
        await SignInAgainAsync(ann, key);
        await ann.Page.GotoAsync(new Uri(_portal.Address, "/account").AbsoluteUri);
        await Expect(ann.Page.GetByText("This browser")).ToBeVisibleAsync();
        await ann.ShootAsync("account");
        await ann.AssertGoodAsync();

        await boss.Page.ReloadAsync();
        await boss.ShootAsync("sessions");
        await boss.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out Chrome on Linux" }).First.ClickAsync();
        await Expect(boss.Page.GetByRole(AriaRole.Status).First).ToContainTextAsync("That session is over");
        await ann.Page.GotoAsync(new Uri(_portal.Address, "/customers").AbsoluteUri);
        await Expect(ann.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");

        await pages.OpenAsync("/settings/audit");
        await Expect(boss.Page.GetByText("Turned two-factor on")).ToBeVisibleAsync();
        await boss.ShootAsync("audit");
        await boss.AssertGoodAsync();
    }

    private async Task<string> InviteAsync(Chrome boss, InvoicePages pages)
    {
        await pages.OpenAsync("/settings/users");
        await boss.AssertGoodAsync();
        await boss.Page.GetByLabel("E-mail").FillAsync("ann.canary@portal.example");
        await boss.Page.GetByLabel("Role").SelectOptionAsync("Member");
        await pages.PressAsync("Send an invitation");
        var link = await boss.Page.GetByLabel("The link").InputValueAsync();
        _portal.Secrets.Add("ann.canary@portal.example");
        _portal.Secrets.Add(link[(link.IndexOf('=', StringComparison.Ordinal) + 1)..]);
        await boss.ShootAsync("invited");
        await boss.AssertGoodAsync();
        await Eventually.SeeAsync(
            () => _portal.Database.ScalarAsync<string>("select state from outgoing_mails"),
            state => state == "Sent",
            TimeSpan.FromSeconds(20),
            "the invitation to leave");
        await pages.OpenAsync("/settings/users");
        await Expect(boss.Page.GetByText("Given to the mail server")).ToBeVisibleAsync();
        await boss.ShootAsync("mailed");
        await boss.AssertGoodAsync();
        return link;
    }

    private async Task JoinAsync(Chrome ann, string link)
    {
        _portal.Secrets.Add(NewPassword);
        var page = ann.Page;
        await page.GotoAsync(new Uri(_portal.Address, new Uri(link).PathAndQuery).AbsoluteUri);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Join My company");
        await ann.ShootAsync("join");
        await ann.AssertGoodAsync();
        await page.GetByLabel("Your name").FillAsync("Ann Example");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(NewPassword);
        await page.GetByLabel("Password again").FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Create account" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(_portal.Address.AbsoluteUri);
    }

    private async Task<string> TurnTwoFactorOnAsync(Chrome ann)
    {
        var page = ann.Page;
        await page.GotoAsync(new Uri(_portal.Address, "/account").AbsoluteUri);
        await page.GetByRole(AriaRole.Link, new() { Name = "Set up two-factor" }).ClickAsync();
        await ann.AssertGoodAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up two-factor" }).ClickAsync();
        var key = await page.Locator("code.password").TextContentAsync() ?? "";
        _portal.Secrets.Add(key.Replace(" ", "", StringComparison.Ordinal));
        await ann.ShootAsync("two-factor");
        await ann.AssertGoodAsync();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.Code(key));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn two-factor on" }).ClickAsync();
        await Expect(page.Locator(".codes code")).ToHaveCountAsync(10);
        await ann.ShootAsync("codes");
        await ann.AssertGoodAsync();
        return key;
    }

    private async Task SignInAgainAsync(Chrome ann, string key)
    {
        var page = ann.Page;
        await page.Context.ClearCookiesAsync();
        await page.GotoAsync(new Uri(_portal.Address, "/signin").AbsoluteUri);
        await page.GetByLabel("E-mail").FillAsync("ann.canary@portal.example");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(NewPassword);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 }))
            .ToHaveTextAsync("Give the code of your app");
        await ann.ShootAsync("code");
        await ann.AssertGoodAsync();
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(Totp.Code(key, 1));
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(_portal.Address.AbsoluteUri);
    }
}
