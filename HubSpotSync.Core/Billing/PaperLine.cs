namespace HubSpotSync.Core.Billing;

/// <summary>What is charged: so much of something at a price, less a discount, with its rate of tax.</summary>
/// <param name="DiscountPercent">0 to 100.</param>
/// <param name="TaxRate">In percent.</param>
public sealed record PaperLine(decimal Quantity, decimal UnitPrice, decimal DiscountPercent, decimal TaxRate)
{
    // Within these limits every product below is exact: a decimal has 28 digits, and none needs more.
    public const decimal MostQuantity = 1_000_000;
    public const decimal MostPrice = 1_000_000_000;
    public const int QuantityDecimals = 3;
    public const int PriceDecimals = 4;
    public const int PercentDecimals = 2;

    public decimal Net(Currency currency)
    {
        ArgumentNullException.ThrowIfNull(currency);
        return currency.Round(Quantity * UnitPrice * (100 - DiscountPercent) / 100);
    }

    public IReadOnlyList<LineProblem> Problems() =>
    [
        .. When(Quantity is <= 0 or >= MostQuantity || Has(Quantity, QuantityDecimals), LineProblem.Quantity),
        .. When(Math.Abs(UnitPrice) >= MostPrice || Has(UnitPrice, PriceDecimals), LineProblem.UnitPrice),
        .. When(DiscountPercent is < 0 or > 100 || Has(DiscountPercent, PercentDecimals), LineProblem.Discount),
        .. When(TaxRate is < 0 or > 100 || Has(TaxRate, PercentDecimals), LineProblem.TaxRate),
    ];

    private static bool Has(decimal value, int moreDecimalsThan) => decimal.Round(value, moreDecimalsThan) != value;

    private static LineProblem[] When(bool isSo, LineProblem problem) => isSo ? [problem] : [];
}
