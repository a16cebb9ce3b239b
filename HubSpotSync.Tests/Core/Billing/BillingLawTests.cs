using FsCheck;
using FsCheck.Fluent;
using HubSpotSync.Core.Billing;

namespace HubSpotSync.Tests.Core.Billing;

public sealed class BillingLawTests
{
    private static readonly Gen<Currency> Currencies =
        Gen.Elements(new[] { "EUR", "JPY", "KWD", "CLF" }).Select(code => Currency.Find(code)!); // in the table

    // As wide as the limits are, so that the products reach the last digit that a decimal has.
    private static readonly Gen<PaperLine> Lines =
        from quantity in Gen.Choose(1, 999_999_999)
        from price in Gen.Choose(-999_999_999, 999_999_999)
        from more in Gen.Choose(0, 9999)
        from discount in Gen.Choose(0, 10_000)
        from rate in Gen.Elements(0m, 5.5m, 7m, 8.25m, 19m, 25m, 100m)
        select new PaperLine(quantity / 1000m, price + (more / 10_000m), discount / 100m, rate);

    private static readonly Arbitrary<(Currency Currency, PaperLine[] Lines)> Papers = (
        from currency in Currencies
        from lines in Lines.ArrayOf()
        select (currency, lines)).ToArbitrary();

    // Payments, and how much of what is there goes back after each of them.
    private static readonly Arbitrary<(int Amount, int BackInPercent)[]> Ledgers = (
        from amount in Gen.Choose(1, 10_000)
        from back in Gen.Frequency((2, Gen.Constant(0)), (3, Gen.Choose(1, 100)))
        select (amount, back)).ArrayOf().ToArbitrary();

    [Fact]
    public void The_total_is_the_sum_of_what_is_shown() => Laws.Hold(Papers, paper =>
    {
        var totals = PaperTotals.Of(paper.Lines, paper.Currency);
        return totals.Net == totals.LineNets.Sum()
            && totals.Net == totals.Taxes.Sum(tax => tax.Net)
            && totals.Tax == totals.Taxes.Sum(tax => tax.Tax)
            && totals.Total == totals.Net + totals.Tax;
    });

    [Fact]
    public void Every_amount_can_be_paid_in_coins() => Laws.Hold(Papers, paper =>
    {
        var totals = PaperTotals.Of(paper.Lines, paper.Currency);
        return totals.LineNets
            .Concat(totals.Taxes.SelectMany(tax => new[] { tax.Net, tax.Tax }))
            .Append(totals.Total)
            .All(paper.Currency.IsExact);
    });

    [Fact]
    public void Rounding_moves_no_amount_by_more_than_half_a_coin() => Laws.Hold(Papers, paper =>
        paper.Lines.All(line =>
        {
            var exact = line.Quantity * line.UnitPrice * (100 - line.DiscountPercent) / 100;
            var coin = new decimal(1, 0, 0, false, (byte)paper.Currency.MinorUnits);
            return Math.Abs(line.Net(paper.Currency) - exact) <= coin / 2;
        }));

    [Fact]
    public void The_order_of_the_lines_changes_no_sum() => Laws.Hold(Papers, paper =>
    {
        var forth = PaperTotals.Of(paper.Lines, paper.Currency);
        var back = PaperTotals.Of([.. paper.Lines.Reverse()], paper.Currency);
        return forth.Total == back.Total && forth.Taxes.SequenceEqual(back.Taxes);
    });

    [Fact]
    public void A_rebate_of_the_same_lines_takes_back_every_cent() => Laws.Hold(Papers, paper =>
    {
        var charged = PaperTotals.Of(paper.Lines, paper.Currency);
        var given = PaperTotals.Of(
            [.. paper.Lines.Select(line => line with { UnitPrice = -line.UnitPrice })], paper.Currency);
        return given.Total == -charged.Total;
    });

    [Fact]
    public void A_refund_is_taken_whole_and_of_no_payment_more_than_is_left() => Laws.Hold(Ledgers, steps =>
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
        Laws.Hold<int, int>((total, share) =>
        {
            var whole = Math.Abs((decimal)total);
            var paid = Math.Min(whole, Math.Abs((decimal)share));
            var state = InvoiceRules.StateOf(whole, paid);
            return InvoiceRules.IsOpen(state) == InvoiceRules.BalanceOf(state, whole, paid) > 0
                && (state == InvoiceState.PartlyPaid) == (paid > 0 && paid < whole)
                && InvoiceRules.MayVoid(state, paid) == (paid == 0)
                && InvoiceRules.MayRefund(state, paid) == paid > 0;
        });

    [Fact]
    public void What_is_written_in_a_field_is_read_back_as_it_was() => Laws.Hold<int, int>((number, decimals) =>
    {
        var value = number / (decimal)Math.Pow(10, Math.Abs(decimals % 5));
        return AmountText.Parse(AmountText.Write(value)) == value
            && AmountText.Parse(AmountText.Write(value, 2)) == value;
    });

    private static Guid NextId(List<LedgerEntry> entries) =>
        new(entries.Count + 1, 0, 0, new byte[8]);
}
