using HubSpotSync.Core.Billing;

namespace HubSpotSync.Tests.Core.Billing;

public sealed class BillingRulesTests
{
    private static readonly DateOnly Due = new(2026, 3, 31);

    [Theory]
    [InlineData(100, 0, InvoiceState.Sent)]
    [InlineData(100, 0.01, InvoiceState.PartlyPaid)]
    [InlineData(100, 99.99, InvoiceState.PartlyPaid)]
    [InlineData(100, 100, InvoiceState.Paid)]
    [InlineData(0, 0, InvoiceState.Paid)] // nothing to pay
    public void A_sent_invoice_is_as_far_as_its_money(decimal total, decimal paid, InvoiceState state) =>
        Assert.Equal(state, InvoiceRules.StateOf(total, paid));

    [Theory]
    [InlineData(InvoiceState.Draft, 0, true, false, false, 0)]
    [InlineData(InvoiceState.Sent, 0, false, false, true, 100)]
    [InlineData(InvoiceState.PartlyPaid, 40, false, true, false, 60)]
    [InlineData(InvoiceState.Paid, 100, false, true, false, 0)]
    [InlineData(InvoiceState.Void, 0, false, false, false, 0)]
    public void Each_state_allows_what_fits_it(
        InvoiceState state, decimal paid, bool edit, bool refund, bool toVoid, decimal balance)
    {
        Assert.Equal(edit, InvoiceRules.MayEdit(state));
        Assert.Equal(refund, InvoiceRules.MayRefund(state, paid));
        Assert.Equal(toVoid, InvoiceRules.MayVoid(state, paid));
        Assert.Equal(balance, InvoiceRules.BalanceOf(state, 100, paid));
        Assert.Equal(!edit, InvoiceRules.IsNumbered(state));
    }

    [Theory]
    [InlineData(InvoiceState.Sent, 0, 0)]
    [InlineData(InvoiceState.Sent, -1, 0)]
    [InlineData(InvoiceState.Sent, 1, 1)]
    [InlineData(InvoiceState.PartlyPaid, 30, 30)]
    [InlineData(InvoiceState.Paid, 30, 0)]
    [InlineData(InvoiceState.Draft, 30, 0)]
    [InlineData(InvoiceState.Void, 30, 0)]
    public void The_day_it_is_due_is_still_in_time(InvoiceState state, int daysLater, int overdue) =>
        Assert.Equal(overdue, InvoiceRules.DaysOverdue(state, Due, Due.AddDays(daysLater)));

    [Fact]
    public void A_refund_is_taken_of_the_newest_payment_first()
    {
        var (first, second) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]));
        var ledger = new PaymentLedger([new(first, 100), new(second, 50)]);

        Assert.Equal([new RefundPart(second, 30)], ledger.Allocate(30));
        Assert.Equal([new RefundPart(second, 50), new RefundPart(first, 70)], ledger.Allocate(120));
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Allocate(150.01m));
        Assert.Throws<ArgumentOutOfRangeException>(() => ledger.Allocate(0));
    }

    [Fact]
    public void What_went_back_already_does_not_go_back_again()
    {
        var (first, second) = (new Guid(1, 0, 0, new byte[8]), new Guid(2, 0, 0, new byte[8]));
        var refund = new LedgerEntry(new Guid(3, 0, 0, new byte[8]), 50, second);
        var ledger = new PaymentLedger([new(first, 100), new(second, 50), refund]);

        Assert.Equal(100, ledger.Paid);
        Assert.Equal([new RefundPart(first, 60)], ledger.Allocate(60));
    }

    [Theory]
    [InlineData("100", "EUR", "won", DealChanges.None)]
    [InlineData("100.00", "eur", "won", DealChanges.None)]
    [InlineData("120", "EUR", "won", DealChanges.Amount)]
    [InlineData(null, "EUR", "won", DealChanges.Amount)]
    [InlineData("100", "USD", "lost", DealChanges.Currency | DealChanges.Stage)]
    public void A_deal_that_changed_says_in_what(string? amount, string? currency, string? stage, DealChanges changes)
    {
        var now = new DealTerms(AmountText.Parse(amount), currency, stage);

        Assert.Equal(changes, new DealTerms(100, "EUR", "won").ChangesTo(now));
    }

    [Theory]
    [InlineData(ProposalState.Draft, 0, false, false)]
    [InlineData(ProposalState.Sent, 0, true, true)]
    [InlineData(ProposalState.Sent, 1, false, true)] // the day after its last one
    [InlineData(ProposalState.Accepted, 0, false, true)]
    [InlineData(ProposalState.Declined, 0, false, false)]
    public void A_proposal_takes_one_answer_while_it_stands(
        ProposalState state, int daysLater, bool answer, bool invoice)
    {
        Assert.Equal(answer, ProposalRules.MayAnswer(state, Due, Due.AddDays(daysLater)));
        Assert.Equal(invoice, ProposalRules.MayInvoice(state));
        Assert.Equal(state == ProposalState.Draft, ProposalRules.MayEdit(state));
        Assert.Equal(state == ProposalState.Sent, ProposalRules.MayAnswer(state, null, Due.AddDays(999)));
    }

    [Theory]
    [InlineData("INV-", 7, "INV-0007")]
    [InlineData("2026/", 12345, "2026/12345")]
    [InlineData("", 1, "0001")]
    public void A_number_is_its_prefix_and_four_digits_or_more(string prefix, long sequence, string number)
    {
        Assert.True(PaperNumber.IsPrefix(prefix));
        Assert.Equal(number, PaperNumber.Format(prefix, sequence));
    }

    [Theory]
    [InlineData("2026")] // would run into the number
    [InlineData("a-prefix-too-long")]
    [InlineData("<b>")]
    public void A_prefix_leaves_no_doubt_where_the_number_begins(string prefix) =>
        Assert.False(PaperNumber.IsPrefix(prefix));

    [Theory]
    [InlineData("1234.5", 1234.5)]
    [InlineData("1,234.50", 1234.5)]
    [InlineData("1.234,50", 1234.5)]
    [InlineData("12,5", 12.5)]
    [InlineData("0,125", 0.125)]
    [InlineData("1,234", 1234.0)]
    [InlineData("1.234.567", 1234567.0)]
    [InlineData("1 234", 1234.0)]
    [InlineData("1'234.5", 1234.5)]
    [InlineData(" -3 ", -3.0)]
    [InlineData("19 %", null)]
    [InlineData("1,23,4", null)]
    [InlineData("1.2.3", null)]
    [InlineData("12,34.5", null)]
    [InlineData("1e5", null)]
    [InlineData("", null)]
    [InlineData("ten", null)]
    public void A_number_is_read_as_people_type_it(string typed, double? number) =>
        Assert.Equal((decimal?)number, AmountText.Parse(typed));
}
