using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.PageObjects;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>Somebody reconnects and picks another account in HubSpot: they are asked, stay, and then switch.</summary>
public sealed class SwitchJourneyTests : IAsyncLifetime
{
    private const string HubSpot = "/settings/integrations/hubspot";
    private const string First = "Acme Outfitters";
    private const string Second = "Corner Bookshop";

    private PortalBesideFake _stage = null!; // set before each test

    public async ValueTask InitializeAsync() => _stage = await PortalBesideFake.StartAsync();

    public ValueTask DisposeAsync() => _stage.DisposeAsync();

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public Task Another_account_asks_first(int width, ColorScheme scheme) =>
        _stage.WalkAsync(width, scheme, "Switch", WalkAsync);

    private async Task WalkAsync(Chrome chrome, InvoicePages pages)
    {
        var (page, hubSpot) = (chrome.Page, new HubSpotPages(chrome.Page));
        await pages.SignInAsync(WorkspaceRole.Admin);
        await pages.OpenAsync($"{HubSpot}/connect");
        await hubSpot.ContinueToHubSpotAsync();
        await hubSpot.ConsentAsync(First);
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("HubSpot is connected.");
        await FillAsync();
        await pages.OpenAsync("/settings/integrations");
        await Expect(page.GetByText("Good: 4,980 in sync, 12 failing, 8 excluded.")).ToBeVisibleAsync();
        await chrome.ShootAsync("card");
        await chrome.AssertGoodAsync();
        await _stage.Portal.Database.ExecuteAsync(
            """
            insert into hubspot_day_limits (connection_id, workspace_id, day_limit, used, learnt_at)
              select id, workspace_id, 650000, 560000, now() from hubspot_connections
            """);
        await pages.OpenAsync($"{HubSpot}/health");
        await Expect(page.GetByText("560,000 of 650,000 requests used today")).ToBeVisibleAsync();
        await chrome.ShootAsync("day");
        await chrome.AssertGoodAsync();

        await ReconnectAsync(pages, hubSpot);
        await Expect(pages.Heading).ToHaveTextAsync($"Switch to {Second}?");
        await chrome.ShootAsync("asked");
        await chrome.AssertGoodAsync();
        await pages.PressAsync($"Stay with {First}");
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Nothing has changed.");
        await Expect(page.GetByText($"({_stage.Fake.PortalId})")).ToBeVisibleAsync();

        await ReconnectAsync(pages, hubSpot);
        await pages.PressAsync($"Switch to {Second}");
        await Expect(page.GetByRole(AriaRole.Status).First)
            .ToContainTextAsync($"({_stage.Fake.PortalId + 1}) is connected.");
        await chrome.AssertGoodAsync();
        await pages.OpenAsync($"{HubSpot}/switch");
        await Expect(pages.Heading).ToHaveTextAsync("This link was used already");
        await chrome.AssertGoodAsync();
    }

    private static async Task ReconnectAsync(InvoicePages pages, HubSpotPages hubSpot)
    {
        await pages.OpenAsync(HubSpot);
        await pages.FollowAsync("Reconnect");
        await hubSpot.ContinueToHubSpotAsync();
        await hubSpot.ConsentAsync(Second);
    }

    /// <summary>What a worker would have left behind.</summary>
    private Task FillAsync() => _stage.Portal.Database.ExecuteAsync(
        """
        insert into record_outcomes (connection_id, kind, record_key, workspace_id, hubspot_id, state, reason)
          select id, 'Contact', 'h' || n, workspace_id, n, o.state, o.reason from hubspot_connections,
            generate_series(1, 5000) n,
            (values (1, 4980, 'InSync', 'Agreed'), (4981, 4992, 'Failing', 'SeveralMatches'),
              (4993, 5000, 'Excluded', 'StageNotInScope')) as o (least, most, state, reason)
            where n between least and most
        """);
}
