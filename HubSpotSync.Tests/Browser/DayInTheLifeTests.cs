using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;
using HubSpotSync.Tests.Scenarios;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

/// <summary>From a deal that is won in HubSpot to the money for it, with everything between the two real.</summary>
public sealed class DayInTheLifeTests : IAsyncLifetime
{
    private const string Deal = "Difference engine No. 2";

    private readonly string _pickup = Servers.Folder("mail");
    private SyncScenario _scenario = null!; // set before each test
    private WebhookDoor _door = null!; // likewise
    private PortalHost _portal = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _scenario = await SyncScenario.StartAsync(
            "--Fake:Contacts=3", "--Fake:Companies=1", "--Fake:Deals=0", "--Fake:Limits=off");
        _door = await WebhookDoor.StartAsync(_scenario);
        await _scenario.ConnectAsync(SyncMode.TwoWay);
        await _scenario.RunAsync();
        _portal = await PortalHost.ServeOnAsync(_scenario.Database, ("Mail:PickupFolder", _pickup));
        await _portal.AddUserOfEachRoleAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        await _door.DisposeAsync();
        await _scenario.DisposeAsync();
        Directory.Delete(_pickup, recursive: true);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_deal_that_is_won_in_HubSpot_is_invoiced_and_paid_here_and_HubSpot_hears_nothing_of_it(
        int width, ColorScheme scheme)
    {
        await using var chrome = await Chrome.OpenAsync(width, scheme);
        var invoices = new InvoicePages(chrome.Page, _portal.Address);
        try
        {
            await invoices.SignInAsync(WorkspaceRole.Member);
            await WinAsync();
            _scenario.Requests().Reset();

            await SeeWonAsync(chrome, invoices);
            await InvoiceAsync(chrome, invoices);
            await BePaidAsync(chrome, invoices);

            await _scenario.RunAsync(RunDepth.Changes);
            await _scenario.NothingWaitsAsync();
            Assert.Empty(_scenario.Writes());
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    private async Task WinAsync()
    {
        var buyer = await _scenario.Fake.CreateAsync(
            "contacts",
            new { email = "ada@engines.example", firstname = "Ada", lastname = "Byron", lifecyclestage = "customer" });
        var deal = await _scenario.Fake.CreateAsync(
            "deals",
            new
            {
                dealname = Deal, amount = "1000", deal_currency_code = "EUR", pipeline = "default",
                dealstage = "contractsent",
            });
        await _scenario.Fake.LinkAsync("deals", deal, "contacts", buyer);
        await ArrivesAsync("contractsent");
        await _scenario.Fake.EditAsync("deals", deal, new { dealstage = "closedwon" });
        await ArrivesAsync("closedwon");
    }

    private Task<string> ArrivesAsync(string stage) => Eventually.SeeAsync(
        () => _scenario.Database.ScalarAsync<string>(
            $"""
            select case when exists (
                select from deals d join deal_customers p on p.deal_id = d.id
                  where d.name = '{Deal}' and d.stage_id = '{stage}')
              then 'here' else concat_ws('; ', 'deals ' || (select string_agg(stage_id, ' ') from deals),
                'receipts ' || (select count(*) from webhook_receipts),
                'awaited ' || (select count(*) from awaited_links),
                (select string_agg(concat_ws(' ', kind, record_key, due_at - now(), lease_until - now(), attempts,
                  last_error), ', ') from sync_requests),
                (select string_agg(concat_ws(' ', kind, record_key, state, reason, detail), ', ')
                  from record_outcomes)) end
            """),
        found => found == "here",
        SyncScenario.RunLimit,
        $"the deal with its buyer in stage {stage}");

    private static async Task SeeWonAsync(Chrome chrome, InvoicePages invoices)
    {
        await invoices.OpenAsync("/");
        await chrome.AssertGoodAsync();
        await chrome.Page.GetByRole(AriaRole.Link, new() { Name = "1 won deal to invoice" }).ClickAsync();
        await Expect(invoices.Heading).ToHaveTextAsync("1 won deal to invoice");
        await chrome.AssertGoodAsync();
        string[] ways = ["Board", "This week"];
        foreach (var way in ways)
        {
            await chrome.Page.GetByRole(AriaRole.Link, new() { Name = way, Exact = true }).ClickAsync();
            await Expect(chrome.Page.GetByRole(AriaRole.Link, new() { Name = Deal, Exact = true })).ToBeVisibleAsync();
            await chrome.AssertGoodAsync();
        }

        await chrome.Page.GetByRole(AriaRole.Link, new() { Name = Deal, Exact = true }).ClickAsync();
        await Expect(invoices.Heading).ToHaveTextAsync(Deal);
        await chrome.AssertGoodAsync();
    }

    private async Task InvoiceAsync(Chrome chrome, InvoicePages invoices)
    {
        await invoices.FollowAsync("Invoice");
        await Expect(invoices.Total).ToHaveTextAsync("1,000.00 EUR");
        await invoices.PressAsync("Save draft");
        Assert.Contains("1,000.00 EUR", PdfText.Of(await invoices.DownloadPdfAsync()), StringComparison.Ordinal);
        await invoices.FollowAsync("Send");
        await invoices.PressAsync("Send");
        await Expect(invoices.Heading).ToHaveTextAsync("INV-0001: 1,000.00 EUR open");
        var mail = await EmlMail.OnlyOneInAsync(_pickup);
        Assert.Contains("ada@engines.example", mail.Header("To"), StringComparison.Ordinal);
        await chrome.AssertGoodAsync();
    }

    private static async Task BePaidAsync(Chrome chrome, InvoicePages invoices)
    {
        await invoices.PayAsync("200");
        await invoices.PressAsync("Record payment");
        await Expect(invoices.Heading).ToHaveTextAsync("INV-0001: 800.00 EUR open");
        await invoices.PayAsync(null);
        await invoices.PressAsync("Record payment");
        await Expect(invoices.Heading).ToHaveTextAsync("INV-0001 is paid");
        await invoices.OpenAsync("/pipeline");
        await Expect(invoices.Heading).ToHaveTextAsync("Pipeline");
        await Expect(chrome.Page.GetByText("Invoiced", new() { Exact = true })).ToBeVisibleAsync();
        await chrome.AssertGoodAsync();
    }
}
