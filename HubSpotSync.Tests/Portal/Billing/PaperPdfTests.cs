using HubSpotSync.Core.Billing;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Pdf;

namespace HubSpotSync.Tests.Portal.Billing;

public sealed class PaperPdfTests
{
    private static readonly Workspace Seller = new()
    {
        Name = "Harbour",
        LegalName = "Harbour Trading GmbH",
        Address = "Große Elbstraße 1\n22767 Hamburg",
        TaxId = "DE123456789",
        TimeZone = "UTC",
        Currency = "EUR",
        PaymentDetails = "IBAN DE02 1203 0000 0000 2020 51",
    };

    [Fact]
    public void An_invoice_says_who_sells_who_buys_what_it_is_and_what_it_comes_to()
    {
        var text = PdfText.Of(Write(AnInvoice()));

        string[] wanted =
        [
            "INV-0042", "Harbour Trading GmbH", "Große Elbstraße 1", "Tax id DE123456789", "Engines Ltd",
            "Łódź", "Αθήνα", "Москва", "1 Mar 2026", "15 Mar 2026", "Consulting", "2.5", "1,234.00", "10 %",
            "2,776.50", "Tax 19 % on 2,776.50 EUR", "527.54 EUR", "Tax 7 % on 10.00 EUR", "0.70 EUR",
            "3,314.74 EUR", "Paid", "314.74 EUR", "Balance due", "3,000.00 EUR", "Thank you", "within 14 days",
            "IBAN DE02 1203 0000 0000 2020 51", "Page 1 of 1",
        ];
        Assert.All(wanted, words => Assert.Contains(words, text, StringComparison.Ordinal));
    }

    [Fact]
    public void Two_hundred_lines_take_several_pages_and_every_line_is_there_once()
    {
        var invoice = AnInvoice();
        invoice.SetLines([.. Enumerable.Range(1, 200).Select(i =>
            ($"Item number {i:000} with a description that goes on and on and needs a second line to be told in full",
                new PaperLine(1, i, 0, 19)))]);

        var pages = PdfText.Pages(Write(invoice));

        Assert.InRange(pages.Count, 5, 20);
        var all = string.Join('\n', pages);
        Assert.All(
            Enumerable.Range(1, 200),
            i => Assert.Equal(2, all.Split($"Item number {i:000}").Length));
        Assert.All(pages.Take(pages.Count - 1), page => Assert.Contains("Description", page, StringComparison.Ordinal));
        Assert.Contains($"Page {pages.Count} of {pages.Count}", pages[^1], StringComparison.Ordinal);
        Assert.Contains("23,919.00 EUR", pages[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_wider_than_its_column_is_broken_and_a_foreign_sign_breaks_nothing()
    {
        var invoice = AnInvoice();
        invoice.BuyerName = new string('W', 300);
        invoice.SetLines([("山田 " + new string('q', 500), new PaperLine(999_999.999m, 999_999_999.9999m, 0, 0))]);

        var text = PdfText.Of(Write(invoice));

        Assert.Equal(300, text.Count(letter => letter == 'W'));
        Assert.Equal(500, text.Count(letter => letter == 'q'));
        Assert.Contains("999,999,998,999,900.00", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tab\there and \u0001 there")]
    [InlineData("half of a pair \ud83d")]
    [InlineData("😀 שלום مرحبا 日本")]
    [InlineData("\r\n\n\n")]
    [InlineData("")]
    public void Whatever_is_written_it_can_be_set(string text)
    {
        var invoice = AnInvoice();
        (invoice.BuyerName, invoice.Notes) = (text, text);
        invoice.SetLines([(text, new PaperLine(1, 42, 0, 0))]);

        Assert.Contains("42.00 EUR", PdfText.Of(Write(invoice)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(InvoiceState.Draft, "DRAFT")]
    [InlineData(InvoiceState.Void, "VOID")]
    public void What_is_not_valid_says_so(InvoiceState state, string stamp)
    {
        var invoice = AnInvoice();
        (invoice.State, invoice.Paid) = (state, 0);

        Assert.Contains(stamp, PdfText.Of(Write(invoice)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_named_by_its_number_and_by_nothing_that_a_file_system_minds()
    {
        var invoice = AnInvoice();
        invoice.Number = "2026/..\\0042";

        Assert.Equal("Invoice 2026-..-0042.pdf", PaperPdf.FileName(PaperViews.Of(invoice, Seller)));
    }

    private static byte[] Write(Invoice invoice) =>
        PaperPdf.Write(PaperViews.Of(invoice, Seller), FixedClock.Noon);

    private static Invoice AnInvoice()
    {
        var invoice = new Invoice
        {
            PublicCode = "",
            State = InvoiceState.PartlyPaid,
            Number = "INV-0042",
            Currency = "EUR",
            IssuedOn = new DateOnly(2026, 3, 1),
            DueOn = new DateOnly(2026, 3, 15),
            BuyerName = "Engines Ltd",
            BuyerAddress = "Łódź\nΑθήνα\nМосква",
            Notes = "Thank you",
            Terms = "Please pay within 14 days.",
            Paid = 314.74m,
        };
        invoice.SetLines(
        [
            ("Consulting", new PaperLine(2.5m, 1234, 10, 19)),
            ("A book", new PaperLine(1, 10, 0, 7)),
        ]);
        return invoice;
    }
}
