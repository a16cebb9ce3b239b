using System.Net;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Billing;

public sealed class InvoiceEditorTests : IAsyncLifetime
{
    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.BorrowAsync();
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
        await _portal.Database.ExecuteAsync("update workspaces set tax_rate = 20, payment_days = 10");
    }

    public ValueTask DisposeAsync() => _portal.DisposeAsync();

    [Fact]
    public async Task A_deal_fills_the_invoice()
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        var company = await _portal.AddCompanyAsync("Engines Ltd", "engines.example");
        await _portal.Database.ExecuteAsync(
            $"""
            update customers set company_id = '{company}';
            update companies set address = 'Pier 1', postal_code = '20457', city = 'Hamburg';
            """);
        var deal = await _portal.AddDealAsync("Difference engine", 1234.5m, "USD", ada);

        var page = await _member.GetAsync($"/invoices/new?deal={deal}");
        var saved = await _member.SubmitAsync(page, "Save draft");
        var invoice = await _portal.InvoiceAsync(Guid.Parse(saved.Location!.Split('/')[^1])); // it leads there

        Assert.Equal("New invoice from a deal", page.Heading);
        Assert.Equal(["1,234.50 USD", "246.90 USD", "1,481.40 USD"], page.All("#totals dd"));
        Assert.Equal(("USD", 1481.40m), (invoice.Currency, invoice.Total));
        Assert.Equal(invoice.IssuedOn.AddDays(10), invoice.DueOn);
        Assert.Equal(("Engines Ltd", "Ada Lovelace\nPier 1\n20457 Hamburg"), (invoice.BuyerName, invoice.BuyerAddress));
        Assert.Equal((deal, ada, company), (invoice.DealId, invoice.CustomerId, invoice.CompanyId));
        Assert.Equal("Difference engine", Assert.Single(invoice.Lines).Description);
        Assert.Null(invoice.Number);
    }

    [Fact]
    public async Task A_deal_that_has_an_invoice_says_so_and_asks()
    {
        var deal = await _portal.AddDealAsync("Engine", 100);
        var early = await _member.GetAsync($"/invoices/new?deal={deal}"); // opened before there was one
        await _member.SubmitAsync(await _member.GetAsync($"/invoices/new?deal={deal}"), "Save draft");

        var asked = await _member.GetAsync($"/invoices/new?deal={deal}");
        var late = await _member.SubmitAsync(early, "Save draft");
        Assert.Equal(1, await _portal.CountAsync("invoices"));
        var confirmed = await _member.SubmitAsync(late, "Save draft", ("Input.ConfirmDuplicate", "true"));

        Assert.Contains("There is an invoice for this already", asked.Words, StringComparison.Ordinal);
        Assert.Contains("There is an invoice for this already", late.Words, StringComparison.Ordinal);
        Assert.StartsWith("/invoices/", confirmed.Location, StringComparison.Ordinal);
        Assert.Equal(2, await _portal.CountAsync("invoices"));
    }

    [Fact]
    public async Task The_same_form_sent_twice_makes_one_invoice()
    {
        var page = await _member.GetAsync("/invoices/new");
        var fields = new[] { ("Input.Lines[0].Description", "Work"), ("Input.Lines[0].UnitPrice", "10") };

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 5).Select(_ => _member.SubmitAsync(page, "Save draft", fields)));

        Assert.All(answers, answer => Assert.True(answer.Location is not null, answer.Words));
        Assert.Single(answers.Select(answer => answer.Location).Distinct());
        Assert.Equal(1, await _portal.CountAsync("invoices"));
        Assert.Equal(1, await _portal.CountAsync("invoice_lines"));
    }

    [Fact]
    public async Task Lines_are_added_moved_and_removed_without_a_script_and_without_saving()
    {
        var page = await _member.GetAsync("/invoices/new");
        page = await _member.SubmitAsync(
            page, "Add a line",
            ("do", "add"), ("Input.Lines[0].Description", "First"), ("Input.Lines[0].UnitPrice", "10"));
        page = await _member.SubmitAsync(
            page, "Move line 2 up",
            ("do", "up:1"), ("Input.Lines[1].Description", "Second"), ("Input.Lines[1].UnitPrice", "not a number"));
        Assert.Equal(["Second", "First"], page.All("textarea[name$=Description]"));
        Assert.Equal("not a number", ValueOf(page, "Input.Lines[0].UnitPrice"));
        Assert.Equal("12.00 EUR", page.All("#totals dd").Last());

        page = await _member.SubmitAsync(page, "Remove line 1", ("do", "remove:0"));
        page = await _member.SubmitAsync(page, "Add a line", ("do", "down:7"));
        var saved = await _member.SubmitAsync(page, "Save draft");

        var invoice = await _portal.InvoiceAsync(Guid.Parse(saved.Location!.Split('/')[^1])); // it leads there
        Assert.Equal("First", Assert.Single(invoice.Lines).Description);
    }

    [Fact]
    public async Task What_is_wrong_is_said_beside_its_field_and_nothing_is_lost()
    {
        var page = await _member.GetAsync("/invoices/new");

        var answer = await _member.SubmitAsync(
            page, "Save draft",
            ("Input.Until", "1999-01-01"), ("Input.BuyerEmail", "no address"), ("Input.Currency", "XXX"),
            ("Input.Notes", "kept words"), ("Input.Lines[0].Description", ""), ("Input.Lines[0].Quantity", "-1"),
            ("Input.Lines[0].UnitPrice", "1.23456"), ("Input.Lines[0].TaxRate", "200"));

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal(
            [
                "This is not a valid e-mail address.",
                "Choose a currency from the list.",
                "Say what is charged.",
                "A quantity is above 0 and below 1,000,000, with at most 3 decimals.",
                "A price is a number below 1,000,000,000 with at most 4 decimals.",
                "A tax rate is from 0 to 100 percent, with at most 2 decimals.",
                "It can't be due before its date.",
            ],
            answer.All(".invalid-feedback, .field-problem"));
        Assert.Equal("1.23456", ValueOf(answer, "Input.Lines[0].UnitPrice"));
        Assert.Contains("kept words", answer.All("textarea"));
        Assert.Equal(0, await _portal.CountAsync("invoices"));
    }

    [Fact]
    public async Task Who_saves_second_is_told_and_shown_both()
    {
        var id = await _portal.AddInvoiceAsync();
        var admin = await _portal.AsAsync(WorkspaceRole.Admin);
        var (mine, theirs) = (
            await _member.GetAsync($"/invoices/{id}/edit"), await admin.GetAsync($"/invoices/{id}/edit"));
        await admin.SubmitAsync(
            theirs, "Save draft", ("Input.Notes", "from the admin"), ("Input.BuyerName", "New Ltd"));

        var clash = await _member.SubmitAsync(
            mine, "Save draft", ("Input.Notes", "from the member"), ("Input.Lines[0].UnitPrice", "120"));
        Assert.Equal("from the admin", (await _portal.InvoiceAsync(id)).Notes);
        var again = await _member.SubmitAsync(clash, "Save draft");

        Assert.Contains("Admin admin.canary saved this meanwhile", clash.Words, StringComparison.Ordinal);
        Assert.Equal(
            [
                "Buyer", "Engines Ltd", "New Ltd",
                "Line 1", "Work done: 1 at 120, less 0 %, tax 0 %", "Work done: 1 at 100, less 0 %, tax 0 %",
                "Notes", "from the member", "from the admin",
            ],
            clash.All("[aria-labelledby=clash] td"));
        Assert.Equal($"/invoices/{id}", again.Location);
        var saved = await _portal.InvoiceAsync(id);
        Assert.Equal(("from the member", 120m), (saved.Notes, saved.Total));
    }

    [Fact]
    public async Task A_draft_that_was_sent_meanwhile_is_not_saved_any_more()
    {
        var id = await _portal.AddInvoiceAsync();
        var open = await _member.GetAsync($"/invoices/{id}/edit");
        await _member.SubmitAsync(await _member.GetAsync($"/invoices/{id}/send"), "Send");

        var late = await _member.SubmitAsync(open, "Save draft", ("Input.Notes", "too late"));

        Assert.Contains("was sent meanwhile and stays as it was sent", late.Words, StringComparison.Ordinal);
        Assert.Contains("too late", late.All("textarea"));
        Assert.Null((await _portal.InvoiceAsync(id)).Notes);
        Assert.Equal($"/invoices/{id}", (await _member.GetAsync($"/invoices/{id}/edit")).Location);
    }

    [Fact]
    public async Task A_customer_is_found_and_taken_over_without_a_script()
    {
        var ada = await _portal.AddCustomerAsync("Ada", "Lovelace", "ada.canary@example.com");
        await _portal.AddCustomerAsync("Bob", "Babbage", "bob.canary@example.com");
        var page = await _member.GetAsync("/invoices/new");

        var found = await _member.SubmitAsync(page, "Find", ("do", "find"), ("Input.Find", "lovel"));
        var taken = await _member.SubmitAsync(found, "Bill Ada Lovelace", ("do", $"take:{ada}"));
        var nobody = await _member.SubmitAsync(page, "Find", ("do", "find"), ("Input.Find", "zz-nobody"));

        Assert.Contains("Ada Lovelace", Assert.Single(found.All(".find-choices li")), StringComparison.Ordinal);
        Assert.Equal("Ada Lovelace", taken.Html.QuerySelector("#Input_BuyerName")?.GetAttribute("value"));
        Assert.Equal("ada.canary@example.com", taken.Html.QuerySelector("#Input_BuyerEmail")?.GetAttribute("value"));
        Assert.Contains("Nobody matches", nobody.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_record_of_another_workspace_named_in_the_form_does_not_count()
    {
        var other = await _portal.AddWorkspaceAsync("Another company");
        var theirs = await _portal.AddCustomerAsync("Zed", "Stranger", "zed.canary@example.com", workspaceId: other);
        var page = await _member.GetAsync("/invoices/new");

        var taken = await _member.SubmitAsync(page, "Find", ("do", $"take:{theirs}"));
        var saved = await _member.SubmitAsync(
            page, "Save draft", ("Input.CustomerId", $"{theirs}"), ("Input.DealId", $"{theirs}"));

        Assert.DoesNotContain("Zed", taken.Text, StringComparison.Ordinal);
        var invoice = await _portal.InvoiceAsync(Guid.Parse(saved.Location!.Split('/')[^1])); // it leads there
        Assert.Equal((null, null), (invoice.CustomerId, invoice.DealId));
    }

    private static string? ValueOf(PageAnswer page, string name) =>
        page.Html.QuerySelector($"[name='{name}']")?.GetAttribute("value");
}
