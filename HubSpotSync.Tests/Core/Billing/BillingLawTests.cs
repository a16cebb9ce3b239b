using HubSpotSync.Core.Billing;
using HubSpotSync.Tests.Core.Laws;

namespace HubSpotSync.Tests.Core.Billing;

public sealed class BillingLawTests
{
    private static readonly Currency[] Currencies =
        [.. new[] { "EUR", "JPY", "KWD", "CLF" }.Select(code => Currency.Find(code)!)]; // in the table

    private static readonly decimal[] Rates = [0m, 5.5m, 7m, 8.25m, 19m, 25m, 100m];

    [Fact]
    public void The_total_is_the_sum_of_what_is_shown() => Law.Holds(Paper, paper =>
    {
        var totals = PaperTotals.Of(paper.Lines, paper.Currency);
        return totals.Net == totals.LineNets.Sum()
            && totals.Net == totals.Taxes.Sum(tax => tax.Net)
            && totals.Tax == totals.Taxes.Sum(tax => tax.Tax)
            && totals.Total == totals.Net + totals.Tax;
    });

    [Fact]
    public void Every_amount_can_be_paid_in_coins() => Law.Holds(Paper, paper =>
    {
        var totals = PaperTotals.Of(paper.Lines, paper.Currency);
        return totals.LineNets
            .Concat(totals.Taxes.SelectMany(tax => new[] { tax.Net, tax.Tax }))
            .Append(totals.Total)
            .All(paper.Currency.IsExact);
    });

    [Fact]
    public void Rounding_moves_no_amount_by_more_than_half_a_coin() => Law.Holds(Paper, paper =>
        paper.Lines.All(line =>
        {
            var exact = line.Quantity * line.UnitPrice * (100 - line.DiscountPercent) / 100;
            var coin = new decimal(1, 0, 0, false, (byte)paper.Currency.MinorUnits);
            return Math.Abs(line.Net(paper.Currency) - exact) <= coin / 2;
        }));

    [Fact]
    public void The_order_of_the_lines_changes_no_sum() => Law.Holds(Paper, paper =>
    {
        var forth = PaperTotals.Of(paper.Lines, paper.Currency);
        var back = PaperTotals.Of([.. paper.Lines.Reverse()], paper.Currency);
        return forth.Total == back.Total && forth.Taxes.SequenceEqual(back.Taxes);
    });

    [Fact]
    public void A_rebate_of_the_same_lines_takes_back_every_cent() => Law.Holds(Paper, paper =>
    {
        var charged = PaperTotals.Of(paper.Lines, paper.Currency);
        var given = PaperTotals.Of(
            [.. paper.Lines.Select(line => line with { UnitPrice = -line.UnitPrice })], paper.Currency);
        return given.Total == -charged.Total;
    });

    [Fact]
    public void A_refund_is_taken_whole_and_of_no_payment_more_than_is_left() => Law.Holds(Ledger, steps =>
    {
        var entries = new List<LedgerEntry>();
        var (came, went) = (0m, 0m);
        foreach (var (amount, backInPercent) in steps)
        {
            entries.Add(new LedgerEntry(NextId(entries), amount));
            came += amount;
            var back = Math.Floor(new PaymentLedger(entries).Paid * backInPercent / 100);
            if (back == 0)
            {
                continue;
            }

            var parts = new PaymentLedger(entries).Allocate(back);
            if (parts.Sum(part => part.Amount) != back || parts.Any(part => part.Amount <= 0))
            {
                return false;
            }

            foreach (var part in parts)
            {
                entries.Add(new LedgerEntry(NextId(entries), part.Amount, part.PaymentId));
            }

            went += back;
        }

        var ledger = new PaymentLedger(entries);
        return ledger.Paid == came - went
            && ledger.Left().All(left => left.Amount >= 0)
            && ledger.Left().Sum(left => left.Amount) == ledger.Paid;
    });

    [Fact]
    public void Money_alone_decides_the_state_and_a_balance_is_open_just_where_it_is_above_zero() =>
        Law.Holds(Parts, one =>
        {
            var (whole, paid) = (one.Whole, Math.Min(one.Whole, one.Part));
            var state = InvoiceRules.StateOf(whole, paid);
            return InvoiceRules.IsOpen(state) == InvoiceRules.BalanceOf(state, whole, paid) > 0
                && (state == InvoiceState.PartlyPaid) == (paid > 0 && paid < whole)
                && InvoiceRules.MayVoid(state, paid) == (paid == 0)
                && InvoiceRules.MayRefund(state, paid) == paid > 0;
        });

    [Fact]
    public void What_is_written_in_a_field_is_read_back_as_it_was() => Law.Holds(Amount, value =>
    {
        return AmountText.Parse(AmountText.Write(value)) == value
            && AmountText.Parse(AmountText.Write(value, 2)) == value;
    });

    private static (Currency Currency, PaperLine[] Lines) Paper(Draw draw) =>
        (draw.Of(Currencies), Many(draw, 6, Line));

    // As wide as the limits are, so that the products reach the last digit that a decimal has.
    private static PaperLine Line(Draw draw) => new(
        (1 + draw.Below(999_999_999)) / 1000m,
        draw.Below(1_999_999_999) - 999_999_999 + (draw.Below(10_000) / 10_000m),
        draw.Below(10_001) / 100m,
        draw.Of(Rates));

    // Payments, and how much of what is there goes back after each of them.
    private static (int Amount, int BackInPercent)[] Ledger(Draw draw) => Many(
        draw, 9, one => (1 + one.Below(10_000), one.Below(5) < 2 ? 0 : 1 + one.Below(100)));

    private static (decimal Whole, decimal Part) Parts(Draw draw) => (Small(draw), Small(draw));

    private static decimal Small(Draw draw) => draw.Below(draw.OneIn(2) ? 1_000_000_000 : 5);

    private static decimal Amount(Draw draw) =>
        new(draw.Below(2_000_000_000), 0, 0, draw.OneIn(2), (byte)draw.Below(5));

    private static T[] Many<T>(Draw draw, int bound, Func<Draw, T> make)
    {
        var many = new T[draw.Below(bound)];
        for (var at = 0; at < many.Length; at++)
        {
            many[at] = make(draw);
        }

        return many;
    }

    private static Guid NextId(List<LedgerEntry> entries) =>
        new(entries.Count + 1, 0, 0, new byte[8]);
}
