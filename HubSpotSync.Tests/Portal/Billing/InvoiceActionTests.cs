using System.Net;
using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Billing;

/// <summary>What becomes of an invoice once it is written: sent, paid, given back, called off.</summary>
public sealed class InvoiceActionTests : IAsyncLifetime
{
    private readonly string _pickup = Servers.Folder("mail");
    private PortalHost _portal = null!; // set before each test
    private PageClient _member = null!; // likewise

    public async ValueTask InitializeAsync()
    {
        _portal = await PortalHost.StartAsync(
            ("Mail:PickupFolder", _pickup), ("Mail:From", "billing@harbour.example"),
            ("Portal:PublicUrl", "https://crm.harbour.example"));
        await _portal.AddUserOfEachRoleAsync();
        _member = await _portal.AsAsync(WorkspaceRole.Member);
    }

    public async ValueTask DisposeAsync()
    {
        await _portal.DisposeAsync();
        Directory.Delete(_pickup, recursive: true);
    }

    [Fact]
    public async Task Sending_gives_the_number_and_lays_the_mail_with_its_PDF_into_the_folder()
    {
        await _portal.Database.ExecuteAsync(
            "update workspaces set legal_name = 'Harbour Ltd', billing_email = 'office@harbour.example'");
        var id = await _portal.AddInvoiceAsync();
        var page = await _member.GetAsync($"/invoices/{id}/send");

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => _member.SubmitAsync(page, "Send")));
        var mail = await EmlMail.OnlyOneInAsync(_pickup);
        var code = (await _portal.InvoiceAsync(id)).PublicCode;
        var shown = await _portal.WaitForMailAsync(_member, $"/invoices/{id}", "Given to the mail server");

        Assert.All(answers, answer => Assert.Equal($"/invoices/{id}", answer.Location));
        Assert.Equal("INV-0001: 100.00 EUR overdue", shown.Heading);
        Assert.Equal("Invoice INV-0001 from Harbour Ltd", mail.Header("Subject"));
        Assert.Contains("buyer.canary@example.com", mail.Header("To"), StringComparison.Ordinal);
        Assert.Contains("billing@harbour.example", mail.Header("From"), StringComparison.Ordinal);
        Assert.Contains("office@harbour.example", mail.Header("Reply-To"), StringComparison.Ordinal);
        Assert.EndsWith("@harbour.example>", mail.Header("Message-ID"), StringComparison.Ordinal);
        Assert.Contains("please find attached invoice INV-0001 over 100.00 EUR", mail.Body, StringComparison.Ordinal);
        Assert.Contains($"https://crm.harbour.example/invoice?code={code}", mail.Body, StringComparison.Ordinal);
        Assert.Equal("Invoice INV-0001.pdf", mail.FileName);
        Assert.Contains("100.00 EUR", PdfText.Of(mail.Attachment), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_can_be_marked_as_sent_without_any_mail()
    {
        var id = await _portal.AddInvoiceAsync();

        var answer = await _member.SubmitAsync(
            await _member.GetAsync($"/invoices/{id}/send"), "Send", ("Input.How", "hand"), ("Input.Recipient", ""));

        Assert.Equal($"/invoices/{id}", answer.Location);
        Assert.Equal(("INV-0001", InvoiceState.Sent), await StateAsync(id));
        Assert.Equal(0, await _portal.CountAsync("outgoing_mails"));
    }

    [Fact]
    public async Task An_address_that_is_none_sends_nothing_and_takes_no_number()
    {
        var id = await _portal.AddInvoiceAsync();
        var page = await _member.GetAsync($"/invoices/{id}/send");

        var answer = await _member.SubmitAsync(
            page, "Send",
            ("Input.Recipient", "a@b, c@d"), ("Input.Subject", "two\nlines"), ("Input.Message", " "));

        Assert.Equal(
            [
                "Give a valid e-mail address.",
                "Give a subject of one line, up to 200 characters.",
                "Write a message of up to 4,000 characters.",
            ],
            answer.All(".invalid-feedback"));
        Assert.Equal((null, InvoiceState.Draft), await StateAsync(id));
        Assert.Equal(0, await _portal.CountAsync("outgoing_mails"));
    }

    [Fact]
    public async Task What_can_not_be_sent_says_why()
    {
        var empty = await _portal.AddInvoiceAsync(change: invoice => invoice.SetLines([]));
        var nobody = await _portal.AddInvoiceAsync(change: invoice => invoice.BuyerName = null);
        var below = await _portal.AddInvoiceAsync(-10);

        Assert.Contains("Add a line first", (await SendAsync(empty)).Words, StringComparison.Ordinal);
        Assert.Contains("does not say who is billed", (await SendAsync(nobody)).Words, StringComparison.Ordinal);
        Assert.Contains("The total is below zero", (await SendAsync(below)).Words, StringComparison.Ordinal);
        var open = await _member.GetAsync($"/invoices/{below}/send");
        await _portal.Database.ExecuteAsync($"update invoices set notes = 'other' where id = '{below}'");
        var moved = await _member.SubmitAsync(open, "Send");
        Assert.Contains("was changed meanwhile", moved.Words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Payments_and_refunds_move_it_to_paid_and_back()
    {
        var id = await _portal.AddSentInvoiceAsync(100);
        var form = await _member.GetAsync($"/invoices/{id}/pay");

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => // a click that trembles
            _member.SubmitAsync(form, "Record payment", ("Input.Amount", "40,50"))));
        Assert.Equal(("INV-0001", InvoiceState.PartlyPaid), await StateAsync(id));
        var tooMuch = await _member.SubmitAsync(
            await _member.GetAsync($"/invoices/{id}/pay"), "Record payment",
            ("Input.Amount", "59.51"), ("Input.Reference", "kept"));
        var rest = await _member.SubmitAsync(await _member.GetAsync($"/invoices/{id}/pay"), "Record payment");
        var paid = await _member.FollowAsync(rest);
        await _member.SubmitAsync(
            await _member.GetAsync($"/invoices/{id}/refund"), "Record refund", ("Input.Amount", "60"));

        Assert.Equal(
            ["Only 59.50 EUR are open. Record that; the rest belongs elsewhere."], tooMuch.All(".invalid-feedback"));
        Assert.Equal("kept", tooMuch.Html.QuerySelector("#Input_Reference")?.GetAttribute("value"));
        Assert.Equal("INV-0001 is paid", paid.Heading);
        Assert.Equal($"/invoices/{id}", (await _member.GetAsync($"/invoices/{id}")).Path);
        Assert.Equal(("INV-0001", InvoiceState.PartlyPaid), await StateAsync(id));
        Assert.Equal(
            ["59.50", "0.50"],
            await _portal.Database.ListAsync<string>(
                "select amount::text from payments where kind = 'Refund' order by amount desc"));
    }

    [Theory]
    [InlineData("", "2026-03-05", "Cash", "Give an amount, such as 120.50.")]
    [InlineData("10", "2999-01-01", "Cash", "This day is still to come. Record it once the money moved.")]
    [InlineData("10", "yesterday", "Cash", "Give a date, such as 2026-03-31.")]
    [InlineData("10", "2026-03-05", "Shells", "Choose from the list.")]
    [InlineData("0.001", "2026-03-05", "Cash", "An amount is above zero and no finer than 2 decimals.")]
    public async Task What_is_no_payment_is_refused_beside_its_field(
        string amount, string on, string method, string problem)
    {
        var id = await _portal.AddSentInvoiceAsync(100);

        var answer = await _member.SubmitAsync(
            await _member.GetAsync($"/invoices/{id}/pay"), "Record payment",
            ("Input.Amount", amount), ("Input.On", on), ("Input.Method", method));

        Assert.Equal([problem], answer.All(".invalid-feedback, .field-problem"));
        Assert.Equal(0, await _portal.CountAsync("payments"));
    }

    [Fact]
    public async Task A_void_invoice_keeps_its_number_and_can_be_made_anew()
    {
        var id = await _portal.AddSentInvoiceAsync(100);
        var paid = await _portal.AddSentInvoiceAsync(100);
        var form = await _member.GetAsync($"/invoices/{paid}/void");
        await _portal.PayAsync(paid, 10);

        await _member.SubmitAsync(
            await _member.GetAsync($"/invoices/{id}/void"), "Void the invoice", ("Reason", "Wrong buyer"));
        var refused = await _member.SubmitAsync(form, "Void the invoice");
        var page = await _member.GetAsync($"/invoices/{id}");
        var copy = await _member.SubmitAsync(await _member.GetAsync($"/invoices/new?from={id}"), "Save draft");

        Assert.Equal("INV-0001 is void", page.Heading);
        Assert.Contains("Wrong buyer", page.Words, StringComparison.Ordinal);
        Assert.Contains("Record the refund first", refused.Words, StringComparison.Ordinal);
        var made = await _portal.InvoiceAsync(Guid.Parse(copy.Location!.Split('/')[^1])); // it leads there
        Assert.Equal((null, 100m, "Engines Ltd"), (made.Number, made.Total, made.BuyerName));
    }

    [Fact]
    public async Task A_draft_can_be_deleted_and_what_was_sent_can_not()
    {
        var (draft, sent) = (await _portal.AddInvoiceAsync(), await _portal.AddInvoiceAsync());
        var form = await _member.GetAsync($"/invoices/{sent}/delete");
        await SendAsync(sent);

        await _member.SubmitAsync(await _member.GetAsync($"/invoices/{draft}/delete"), "Delete the draft");
        var late = await _member.SubmitAsync(form, "Delete the draft");

        Assert.Equal(HttpStatusCode.NotFound, (await _member.GetAsync($"/invoices/{draft}")).Status);
        Assert.Equal($"/invoices/{sent}", late.Location);
        Assert.Equal(1, await _portal.CountAsync("invoices"));
    }

    [Fact]
    public async Task A_deal_that_changed_is_told_once_and_changes_nothing()
    {
        var deal = await _portal.AddDealAsync("Engine", 100);
        var answer = await _member.SubmitAsync(await _member.GetAsync($"/invoices/new?deal={deal}"), "Save draft");
        var page = answer.Location!; // it leads to the draft
        Assert.DoesNotContain("The deal changed", (await _member.GetAsync(page)).Words, StringComparison.Ordinal);

        await _portal.Database.ExecuteAsync("update deals set amount = 150, stage_id = 'lost', updated_at = now()");
        var told = await _member.GetAsync(page);
        await _member.SubmitAsync(told, "Keep it as it is");
        var kept = await _member.GetAsync(page);

        Assert.Equal(
            ["Amount 100.00 EUR became 150.00 EUR", "Stage won became lost"],
            told.All("[aria-labelledby=notice] li"));
        Assert.DoesNotContain("The deal changed after", kept.Words, StringComparison.Ordinal);
        Assert.Contains("Kept as it is, although the deal changed", kept.Words, StringComparison.Ordinal);
        Assert.Equal(100m, await _portal.Database.ScalarAsync<decimal>("select total from invoices"));
    }

    [Fact]
    public async Task Print_and_PDF_show_the_paper()
    {
        var id = await _portal.AddSentInvoiceAsync(100);

        var print = await _member.GetAsync($"/invoices/{id}/print");
        var pdf = await _member.GetAsync($"/invoices/{id}/pdf");

        Assert.Contains("Total 100.00 EUR", print.Words.Replace("Total100", "Total 100"), StringComparison.Ordinal);
        Assert.Equal("application/pdf", pdf.Header("Content-Type"));
        Assert.Contains("Invoice INV-0001.pdf", pdf.Header("Content-Disposition"), StringComparison.Ordinal);
        Assert.StartsWith("%PDF-", pdf.Text, StringComparison.Ordinal);
    }

    private async Task<PageAnswer> SendAsync(Guid id) =>
        await _member.SubmitAsync(await _member.GetAsync($"/invoices/{id}/send"), "Send");

    private async Task<(string? Number, InvoiceState State)> StateAsync(Guid id)
    {
        var invoice = await _portal.InvoiceAsync(id);
        return (invoice.Number, invoice.State);
    }
}
