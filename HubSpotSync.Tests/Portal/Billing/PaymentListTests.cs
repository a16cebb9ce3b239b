using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Api;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Billing;

/// <summary>Three payments and a refund, of two invoices in two currencies, found by what they are.</summary>
public sealed class PaymentListTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private PageClient _viewer = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
        var member = await _portal.AsAsync(WorkspaceRole.Member);
        var euros = await _portal.AddSentInvoiceAsync(100, "=Engines");
        var yen = await _portal.AddSentInvoiceAsync(3000, "Yen KK", "JPY");
        await BookAsync("pay", euros, "60", "2026-03-01", "Bank transfer", "statement 7");
        await BookAsync("pay", euros, "30", "2026-03-31", "Card", null);
        await BookAsync("refund", euros, "25", "2026-04-01", "Card", null);
        await BookAsync("pay", yen, "500", "2026-04-02", "Cash", null);

        async Task BookAsync(
            string what, Guid invoice, string amount, string on, string method, string? reference)
        {
            var form = await member.GetAsync($"/invoices/{invoice}/{what}");
            var answer = await member.SubmitAsync(
                form, what == "pay" ? "Record payment" : "Record refund", ("Input.Amount", amount), ("Input.On", on),
                ("Input.Method", method), ("Input.Reference", reference ?? ""));
            Assert.Equal($"/invoices/{invoice}", answer.Location);
        }
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Theory]
    [InlineData("", "", new[] { "500 JPY", "-25.00 EUR", "30.00 EUR", "60.00 EUR" })]
    [InlineData("q=statement", null, new[] { "60.00 EUR" })]
    [InlineData("q=yen", null, new[] { "500 JPY" })]
    [InlineData("kind=payment", "kind=Payment", new[] { "500 JPY", "30.00 EUR", "60.00 EUR" })]
    [InlineData("kind=refund", "kind=Refund", new[] { "-25.00 EUR" })]
    [InlineData("method=Card", "method=Card", new[] { "-25.00 EUR", "30.00 EUR" })]
    [InlineData("from=2026-03-31&to=2026-04-01", "from=2026-03-31&to=2026-04-01", new[] { "-25.00 EUR", "30.00 EUR" })]
    [InlineData("to=2026-03-30", "to=2026-03-30", new[] { "60.00 EUR" })]
    [InlineData("from=2026-04-03", "from=2026-04-03", new string[0])]
    public async Task Each_filter_finds_the_same_on_the_page_in_the_file_and_by_the_api(
        string filter, string? ofApi, string[] amounts)
    {
        var page = await _viewer.GetAsync($"/invoices/payments?{filter}");
        Assert.Equal(amounts, page.All("[data-label=Amount]"));

        var file = await _viewer.GetAsync($"/invoices/payments/export?{filter}");
        Assert.Equal(amounts.Length + 1, file.Text.TrimEnd().Split('\n').Length);
        if (amounts.Length > 0)
        {
            var href = page.Html.QuerySelector("a[href*=export]")?.GetAttribute("href");
            Assert.Equal(file.Text, (await _viewer.GetAsync(href!)).Text); // there are rows, so there is a link
        }

        if (ofApi is not null)
        {
            using var program = await _portal.ProgramAsync();
            var told = (await program.GetAsync($"/api/payments?{ofApi}")).Data().EnumerateArray()
                .Select(row => (row.GetProperty("kind").GetString() == "Refund" ? -1 : 1)
                    * row.GetProperty("amount").GetDecimal());
            Assert.Equal(amounts.Select(Number).Order(), told.Order());
        }
    }

    [Fact]
    public async Task Sums_say_what_came_in_and_what_went_back()
    {
        var all = await _viewer.GetAsync("/invoices/payments");
        var refunds = await _viewer.GetAsync("/invoices/payments?kind=refund");

        Assert.Equal(["65.00 EUR", "25.00 EUR", "500 JPY"], all.All(".sums dd"));
        Assert.Equal(["Came in, less refunds", "Refunds", "Came in"], all.All(".sums dt"));
        Assert.Equal(["25.00 EUR"], refunds.All(".sums dd"));
        Assert.Contains("4 payments and refunds", all.All("[role=status]"));
        Assert.Contains("1 refund", refunds.All("[role=status]"));
        Assert.Equal("refund", refunds.Html.QuerySelector("[name=kind] [selected]")?.GetAttribute("value"));
    }

    [Fact]
    public async Task The_file_holds_numbers_as_numbers_and_no_formula()
    {
        var file = await _viewer.GetAsync("/invoices/payments/export?q=engines");

        var lines = file.Text.TrimEnd().Split("\r\n");
        Assert.StartsWith(
            "\"Date\",\"Invoice\",\"Buyer\",\"How\",\"Reference\",\"Came in\",\"Went back\",\"Currency\"", lines[0],
            StringComparison.Ordinal);
        Assert.StartsWith(
            "\"2026-04-01\",\"INV-0001\",\"'=Engines\",\"Card\",\"\",\"\",\"25.00\",\"EUR\"", lines[1],
            StringComparison.Ordinal);
        Assert.StartsWith(
            "\"2026-03-01\",\"INV-0001\",\"'=Engines\",\"Bank transfer\",\"statement 7\",\"60.00\",\"\",\"EUR\"",
            lines[3],
            StringComparison.Ordinal);
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var log = await admin.GetAsync("/settings/audit?what=payment");
        Assert.Contains("Exported payments", log.Words, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("kind=0", "kind")]
    [InlineData("kind=gift", "kind")]
    [InlineData("method=Barter", "method")]
    [InlineData("from=31.3.2026", "from")]
    [InlineData("to=2026-02-30", "to")]
    [InlineData("invoice=7", "invoice")]
    public async Task A_crooked_filter_is_refused_by_the_api_and_left_out_by_the_page(string filter, string field)
    {
        using var program = await _portal.ProgramAsync();

        var told = await program.GetAsync($"/api/payments?{filter}");

        Assert.Equal((HttpStatusCode.BadRequest, field), (told.Status, Assert.Single(told.Errors())));
        Assert.Equal(4, (await _viewer.GetAsync($"/invoices/payments?{filter}")).All("[data-label=Amount]").Count());
    }

    [Fact]
    public async Task Nothing_of_another_workspace_is_in_the_file()
    {
        var other = await _portal.AddWorkspaceAsync("Another company");
        await _portal.AddUserAsync("stranger.canary@portal.example", WorkspaceRole.Owner, other);
        using var stranger = await _portal.SignInAsync("stranger.canary@portal.example");

        Assert.Single((await stranger.GetAsync("/invoices/payments/export")).Text.TrimEnd().Split('\n'));
    }

    private static decimal Number(string money) =>
        decimal.Parse(money.Split(' ')[0], System.Globalization.CultureInfo.InvariantCulture);
}
