using HubSpotSync.Core.Billing;

namespace HubSpotSync.Tests.Core.Billing;

public sealed class PaperTotalsTests
{
    private static readonly Currency Euro = Currency.Find("EUR")!; // in the table

    [Theory]
    [InlineData("EUR", 1, 0.005, 0, 0.01)] // half a cent goes away from zero
    [InlineData("EUR", 1, -0.005, 0, -0.01)]
    [InlineData("EUR", 3, 33.3333, 0, 100.00)]
    [InlineData("EUR", 1, 0.0049, 0, 0.00)]
    [InlineData("EUR", 1.5, 10.01, 0, 15.02)]
    [InlineData("EUR", 1, 99.99, 12.5, 87.49)]
    [InlineData("EUR", 2, 50, 100, 0)]
    [InlineData("JPY", 3, 33.5, 0, 101)]
    [InlineData("JPY", 1, 0.5, 0, 1)]
    [InlineData("KWD", 1, 1.2345, 0, 1.235)]
    [InlineData("CLF", 1, 1.2345, 0, 1.2345)]
    public void A_line_is_quantity_times_price_less_its_discount_rounded_once(
        string currency, decimal quantity, decimal price, decimal discount, decimal net) =>
        Assert.Equal(net, new PaperLine(quantity, price, discount, 0).Net(Currency.Find(currency)!)); // in the table

    [Fact]
    public void Tax_is_taken_of_the_sum_of_each_rate()
    {
        var totals = PaperTotals.Of(
            [
                new PaperLine(1, 10.03m, 0, 19),
                new PaperLine(1, 10.03m, 0, 19),
                new PaperLine(2, 7.55m, 0, 7),
                new PaperLine(1, 5, 0, 0),
            ],
            Euro);

        Assert.Equal(
            [new TaxTotal(0, 5, 0), new TaxTotal(7, 15.10m, 1.06m), new TaxTotal(19, 20.06m, 3.81m)], totals.Taxes);
        Assert.Equal((40.16m, 4.87m, 45.03m), (totals.Net, totals.Tax, totals.Total));
        Assert.Equal([10.03m, 10.03m, 15.10m, 5m], totals.LineNets);
    }

    [Fact]
    public void Nothing_charged_comes_to_nothing()
    {
        var totals = PaperTotals.Of([], Euro);

        Assert.Equal((0m, 0m, 0m), (totals.Net, totals.Tax, totals.Total));
        Assert.Empty(totals.Taxes);
    }

    [Theory]
    [InlineData(1, 1, 0, 0)]
    [InlineData(0, 1, 0, 0, LineProblem.Quantity)]
    [InlineData(-1, 1, 0, 0, LineProblem.Quantity)]
    [InlineData(1_000_000, 1, 0, 0, LineProblem.Quantity)]
    [InlineData(0.0001, 1, 0, 0, LineProblem.Quantity)]
    [InlineData(1, -5, 0, 0)] // a rebate is a line below zero
    [InlineData(1, 1_000_000_000, 0, 0, LineProblem.UnitPrice)]
    [InlineData(1, 0.00001, 0, 0, LineProblem.UnitPrice)]
    [InlineData(1, 1, 100.01, 0, LineProblem.Discount)]
    [InlineData(1, 1, -1, -1, LineProblem.Discount, LineProblem.TaxRate)]
    [InlineData(1, 1, 0, 100.5, LineProblem.TaxRate)]
    [InlineData(1, 1, 0, 8.125, LineProblem.TaxRate)]
    public void A_line_says_what_is_out_of_its_limits(
        decimal quantity, decimal price, decimal discount, decimal tax, params LineProblem[] problems) =>
        Assert.Equal(problems, new PaperLine(quantity, price, discount, tax).Problems());

    [Theory]
    [InlineData("JPY", 0)]
    [InlineData("eur", 2)]
    [InlineData(" KWD ", 3)]
    [InlineData("CLF", 4)]
    public void A_currency_knows_its_smallest_unit(string code, int minorUnits) =>
        Assert.Equal(minorUnits, Currency.Find(code)?.MinorUnits);

    [Fact]
    public void Every_currency_is_in_the_table_once()
    {
        Assert.All(Currency.All, currency => Assert.Matches("^[A-Z]{3}$", currency.Code));
        Assert.Equal(Currency.All.Count, Currency.All.Select(currency => currency.Code).Distinct().Count());
        Assert.True(Currency.All.Count > 150);
        Assert.Null(Currency.Find("XXX"));
        Assert.Null(Currency.Find(null));
    }
}
