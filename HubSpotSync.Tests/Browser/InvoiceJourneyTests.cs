using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.PageObjects;
using HubSpotSync.Tests.Portal.Billing;
using HubSpotSync.Tests.Portal.Hosting;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace HubSpotSync.Tests.Browser;

public sealed class InvoiceJourneyTests : IAsyncLifetime
{
    private readonly string _pickup = Servers.Folder("mail");
    private PortalHost _portal = null!; // set before each test

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.ServeAsync(("Mail:PickupFolder", _pickup));
        await _portal.AddUserOfEachRoleAsync();
        await _portal.Database.ExecuteAsync("update workspaces set tax_rate = 19, legal_name = 'Harbour Trading GmbH'");
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        Directory.Delete(_pickup, recursive: true);
    }

    [Theory]
    [InlineData(1280, ColorScheme.Light)]
    [InlineData(390, ColorScheme.Dark)]
    public async Task From_a_deal_to_an_invoice_that_is_paid(int width, ColorScheme scheme)
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await _portal.AddDealAsync("Difference engine", 1000, customerId: ada);
        await using var chrome = await Chrome.OpenAsync(width, scheme);
        var invoices = new InvoicePages(chrome.Page, _portal.Address);
        try
        {
            await invoices.SignInAsync(WorkspaceRole.Member);
            await WriteAsync(chrome, invoices, ada);
            await SendAsync(chrome, invoices);
            await PayAsync(chrome, invoices);
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    [Theory]
    [InlineData(1280, ColorScheme.Dark)]
    [InlineData(390, ColorScheme.Light)]
    public async Task A_buyer_accepts_a_proposal_without_signing_in(int width, ColorScheme scheme)
    {
        var code = await _portal.SendProposalAsync(await _portal.AddProposalAsync());
        await using var chrome = await Chrome.OpenAsync(width, scheme);
        var page = chrome.Page;
        try
        {
            await page.GotoAsync(new Uri(_portal.Address, $"/proposal?code={code}").AbsoluteUri);
            await chrome.AssertGoodAsync();
            await page.GetByLabel("Your name").FillAsync("Bea Buyer");
            await page.GetByRole(AriaRole.Button, new() { Name = "Accept for 1,620.00 EUR" }).ClickAsync();
            await Expect(page.GetByRole(AriaRole.Status)).ToContainTextAsync("Accepted by Bea Buyer");
            await chrome.AssertGoodAsync();
        }
        catch
        {
            await chrome.KeepEvidenceAsync();
            throw;
        }
    }

    [Fact]
    public async Task What_is_typed_while_the_sum_is_on_its_way_is_added_up_too()
    {
        await using var chrome = await Chrome.OpenAsync(1280, ColorScheme.Light);
        var invoices = new InvoicePages(chrome.Page, _portal.Address);
        await invoices.SignInAsync(WorkspaceRole.Member);
        await invoices.OpenAsync("/invoices/new");
        await invoices.AddLineAsync("Oil", "10");
        await Expect(invoices.Nets.Last).ToHaveTextAsync("10.00");
        var answer = new TaskCompletionSource();
        await chrome.Page.RouteAsync("**/*handler=Change", async request =>
        {
            await answer.Task;
            await request.ContinueAsync();
        });

        await chrome.Page.RunAndWaitForRequestAsync(
            () => invoices.TypeAsync("Quantity", "2"), "**/*handler=Change");
        await invoices.TypeAndBeHeardAsync("Price", "20");
        answer.SetResult();

        await Expect(invoices.Nets.Last).ToHaveTextAsync("40.00");
        await Expect(invoices.Total).ToHaveTextAsync("47.60 EUR");
    }

    private static async Task WriteAsync(Chrome chrome, InvoicePages invoices, Guid customer)
    {
        await invoices.OpenAsync($"/customers/{customer}");
        await invoices.InvoiceDealAsync("Difference engine");
        await Expect(invoices.Heading).ToHaveTextAsync("New invoice from a deal");
        await Expect(invoices.Total).ToHaveTextAsync("1,190.00 EUR");
        await invoices.AddLineAsync("Oil", "10");
        await Expect(invoices.Total).ToHaveTextAsync("1,201.90 EUR");
        await Expect(invoices.Nets).ToHaveTextAsync(["1,000.00", "10.00"]);
        await chrome.AssertGoodAsync();
        await chrome.Page.GetByRole(AriaRole.Button, new() { Name = "Move line 2 up" }).ClickAsync();
        await Expect(invoices.Descriptions.First).ToHaveValueAsync("Oil");
        await invoices.PressAsync("Save draft");
        await Expect(invoices.Heading).ToHaveTextAsync("Invoice draft");
        await chrome.AssertGoodAsync();
    }

    private async Task SendAsync(Chrome chrome, InvoicePages invoices)
    {
        var pdf = PdfText.Of(await invoices.DownloadPdfAsync());
        Assert.Contains("1,201.90 EUR", pdf, StringComparison.Ordinal);
        Assert.Contains("DRAFT", pdf, StringComparison.Ordinal);
        await invoices.FollowAsync("Send");
        await chrome.AssertGoodAsync();
        await invoices.PressAsync("Send");
        await Expect(invoices.Heading).ToHaveTextAsync("INV-0001: 1,201.90 EUR open");
        var mail = await EmlMail.OnlyOneInAsync(_pickup);
        Assert.Contains("INV-0001", PdfText.Of(mail.Attachment), StringComparison.Ordinal);
        await chrome.AssertGoodAsync();
    }

    private async Task PayAsync(Chrome chrome, InvoicePages invoices)
    {
        await invoices.PayAsync("200");
        await chrome.AssertGoodAsync();
        await invoices.PressAsync("Record payment");
        await Expect(invoices.Heading).ToHaveTextAsync("INV-0001: 1,001.90 EUR open");
        await invoices.PayAsync(null);
        await invoices.PressAsync("Record payment");
        await Expect(invoices.Heading).ToHaveTextAsync("INV-0001 is paid");
        await chrome.AssertGoodAsync();
        string[] lists = ["/invoices", "/invoices/payments", "/invoices/proposals"];
        foreach (var list in lists)
        {
            await invoices.OpenAsync(list);
            await chrome.AssertGoodAsync();
        }

        await invoices.OpenAsync("/invoices");
        await invoices.FollowAsync("INV-0001");
        await invoices.FollowAsync("Print");
        await chrome.AssertGoodAsync();
        Assert.Equal(1, await _portal.CountAsync("invoices"));
    }
}
