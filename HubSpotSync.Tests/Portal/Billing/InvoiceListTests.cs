using System.Net;
using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Billing;

public sealed class InvoiceListTests : IAsyncLifetime
{
    private static readonly DateOnly Future = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().Date).AddDays(9);

    private PortalHost _portal = null!; // set before each test
    private PageClient _viewer = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _viewer = await _portal.AsAsync(WorkspaceRole.Viewer);
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task Each_state_has_its_chip_and_open_money_is_summed_by_currency()
    {
        await _portal.AddInvoiceAsync(5, "Draft Ltd");
        await _portal.AddSentInvoiceAsync(100, "Late Ltd");
        await _portal.AddSentInvoiceAsync(50, "Early Ltd", change: invoice => invoice.DueOn = Future);
        await _portal.AddSentInvoiceAsync(3000, "Yen KK", "JPY");
        var partly = await _portal.AddSentInvoiceAsync(200, "Partly Ltd", change: invoice => invoice.DueOn = Future);
        await _portal.PayAsync(partly, 80);
        await _portal.PayAsync(await _portal.AddSentInvoiceAsync(10, "Paid Ltd"), 10);

        var all = await _viewer.GetAsync("/invoices");
        var late = await _viewer.GetAsync("/invoices?state=overdue");

        Assert.Equal("2 invoices are overdue", all.Heading);
        Assert.Equal(["All 6", "Draft 1", "Open 4", "Overdue 2", "Paid 1"], all.All("main .chip-link"));
        Assert.Equal(["270.00 EUR", "100.00 EUR", "3,000 JPY", "3,000 JPY"], all.All(".sums dd"));
        Assert.Equal(["Open", "Overdue", "Open", "Overdue"], all.All(".sums dt"));
        Assert.Equal(["INV-0003", "INV-0001"], late.All(".row-title"));
        Assert.Equal(["Yen KK", "Late Ltd"], late.All("[data-label=Buyer]"));
        Assert.Equal("Draft", all.All(".row-title").First());
        Assert.Contains("120.00 EUR", all.All("[data-label=Open]"));
    }

    [Theory]
    [InlineData("0002", "Beta_1")]
    [InlineData("alpha", "Alpha")]
    [InlineData("beta_", "Beta_1")]
    [InlineData("100%", "Alpha")]
    [InlineData("nothing like it", null)]
    public async Task Search_looks_at_number_buyer_and_lines(string wanted, string? found)
    {
        await _portal.AddSentInvoiceAsync(buyer: "Alpha", change: invoice =>
            invoice.SetLines([("100% wool", new(1, 1, 0, 0))]));
        await _portal.AddSentInvoiceAsync(buyer: "Beta_1");
        await _portal.AddSentInvoiceAsync(buyer: "BetaX1");

        var page = await _viewer.GetAsync($"/invoices?q={Uri.EscapeDataString(wanted)}");

        Assert.Equal(found is null ? [] : [found], page.All("[data-label=Buyer]"));
    }

    [Fact]
    public async Task A_customer_has_its_own_invoices_and_a_way_out()
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await _portal.AddInvoiceAsync(buyer: "Hers", change: invoice => invoice.CustomerId = ada);
        await _portal.AddInvoiceAsync(buyer: "Other");

        var list = await _viewer.GetAsync($"/invoices?customer={ada}");
        var page = await _viewer.GetAsync($"/customers/{ada}");

        Assert.Equal(["Hers"], list.All("[data-label=Buyer]"));
        Assert.Contains("Only Ada Lovelace", list.All("main .chip-link"));
        Assert.Equal(["Draft"], page.All("[aria-labelledby=invoices-of] .row-title"));
        Assert.DoesNotContain("New invoice", page.Words, StringComparison.Ordinal); // a viewer makes none
        var member = await _portal.AsAsync(WorkspaceRole.Member);
        var href = (await member.GetAsync($"/customers/{ada}")).Html.QuerySelector("a[href*='customer=']");
        Assert.Equal($"/invoices/new?customer={ada}", href?.GetAttribute("href"));
    }

    [Fact]
    public async Task The_file_holds_what_the_list_finds_numbers_as_numbers_and_no_formula()
    {
        await _portal.AddInvoiceAsync(5, "Draft Ltd");
        var engines = await _portal.AddSentInvoiceAsync(100, "=Engines", change: invoice =>
            invoice.SetLines([("Work done", new PaperLine(1, 100, 0, 19))]));
        await _portal.PayAsync(engines, 19);
        await _portal.AddSentInvoiceAsync(3000, "Yen KK", "JPY", invoice => invoice.DueOn = Future);

        var all = await _viewer.GetAsync("/invoices");
        var late = await _viewer.GetAsync("/invoices?state=overdue&q=engines");

        var lines = (await FileOf(all)).TrimEnd().Split("\r\n");
        Assert.EndsWith(
            "Invoice,State,Buyer,Date,Due,Days overdue,Net,Tax,Total,Paid,Open,Currency,Id",
            lines[0].Replace("\"", "", StringComparison.Ordinal),
            StringComparison.Ordinal);
        Assert.StartsWith("\"\",\"Draft\",\"Draft Ltd\",\"2026-03-01\",\"2026-03-15\",\"\",\"5.00\"", lines[1]);
        Assert.StartsWith("\"INV-0002\",\"Sent\",\"Yen KK\"", lines[2]);
        Assert.Contains("\"\",\"3000\",\"0\",\"3000\",\"0\",\"3000\",\"JPY\"", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("\"INV-0001\",\"Partly paid\",\"'=Engines\",\"2026-03-01\",\"2026-03-15\",\"", lines[3]);
        Assert.EndsWith(
            $"\"100.00\",\"19.00\",\"119.00\",\"19.00\",\"100.00\",\"EUR\",\"{engines}\"",
            lines[3],
            StringComparison.Ordinal);
        Assert.Equal([lines[0], lines[3]], (await FileOf(late)).TrimEnd().Split("\r\n"));
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var log = await admin.GetAsync("/settings/audit?what=invoice");
        Assert.Contains("Exported invoices", log.Words, StringComparison.Ordinal);

        async Task<string> FileOf(PageAnswer list) =>
            (await _viewer.GetAsync(list.Html.QuerySelector("a[href*=export]")!.GetAttribute("href")!)).Text;
    }

    [Fact]
    public async Task A_hundred_and_twenty_come_page_by_page_with_no_gap_and_none_twice()
    {
        await _portal.Database.ExecuteAsync(
            $"""
            insert into invoices (id, workspace_id, public_code, currency, issued_on, due_on)
              select gen_random_uuid(), '{_portal.WorkspaceId}', n::text, 'EUR', '2026-03-01', '2026-03-15'
                from generate_series(1, 120) n
            """);
        var seen = new List<string?>();

        for (var next = "/invoices"; next is not null && seen.Count < 500;)
        {
            var page = await _viewer.GetAsync(next);
            seen.AddRange(page.Html.QuerySelectorAll(".row-title a").Select(link => link.GetAttribute("href")));
            next = page.Html.QuerySelector("a[rel=next]")?.GetAttribute("href");
        }

        Assert.Equal((120, 120), (seen.Count, seen.Distinct().Count()));
        Assert.Equal(HttpStatusCode.OK, (await _viewer.GetAsync("/invoices?page=nonsense&state=17")).Status);
    }

    [Fact]
    public async Task Nothing_of_another_workspace_is_found_by_its_address()
    {
        var (invoice, proposal) = (await _portal.AddSentInvoiceAsync(), await _portal.AddProposalAsync());
        var other = await _portal.AddWorkspaceAsync("Another company");
        await _portal.AddUserAsync("stranger.canary@portal.example", WorkspaceRole.Owner, other);
        using var stranger = await _portal.SignInAsync("stranger.canary@portal.example");

        foreach (var page in new[] { "", "/pdf", "/print", "/edit", "/send", "/pay", "/refund", "/void", "/delete" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/invoices/{invoice}{page}")).Status);
        }

        foreach (var page in new[] { "", "/pdf", "/edit", "/send", "/delete" })
        {
            var address = $"/invoices/proposals/{proposal}{page}";
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync(address)).Status);
        }

        string[] posts = [$"/invoices/{invoice}/void", $"/invoices/{invoice}/pay", $"/invoices/{invoice}/deal"];
        foreach (var post in posts)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.PostWithTokenAsync(post)).Status);
        }

        foreach (var source in new[] { $"from={invoice}", $"proposal={proposal}", $"deal={invoice}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await stranger.GetAsync($"/invoices/new?{source}")).Status);
        }

        Assert.Contains("No invoices yet", (await stranger.GetAsync("/invoices")).Words, StringComparison.Ordinal);
        Assert.Single((await stranger.GetAsync("/invoices/export")).Text.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_viewer_sees_an_invoice_and_no_way_to_change_it()
    {
        var draft = await _portal.AddInvoiceAsync();
        var sent = await _portal.AddSentInvoiceAsync();

        foreach (var page in new[] { $"/invoices/{draft}", $"/invoices/{sent}", "/invoices", "/invoices/proposals" })
        {
            var answer = await _viewer.GetAsync(page);
            Assert.Equal(HttpStatusCode.OK, answer.Status);
            Assert.Empty(answer.Html.QuerySelectorAll("main form[method=post]"));
            Assert.Empty(answer.Html.QuerySelectorAll("main a[href*='/new'], main a[href$='/edit'], a[href$='/void']"));
        }

        Assert.Equal(
            HttpStatusCode.Forbidden, (await _viewer.PostWithTokenAsync($"/invoices/{draft}/delete")).Status);
    }
}
