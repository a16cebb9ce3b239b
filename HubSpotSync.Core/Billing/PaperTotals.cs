namespace HubSpotSync.Core.Billing;

/// <summary>What a rate of tax is taken of, and the tax.</summary>
public sealed record TaxTotal(decimal Rate, decimal Net, decimal Tax);

/// <summary>
/// What an invoice or a proposal comes to. Lines are rounded one by one; their nets are added up for each rate, and the
/// tax of the rate is taken of that sum and rounded: so the table of taxes can be checked by hand.
/// </summary>
public sealed record PaperTotals(
    IReadOnlyList<decimal> LineNets, IReadOnlyList<TaxTotal> Taxes, decimal Net, decimal Tax, decimal Total)
{
    public static PaperTotals Of(IReadOnlyList<PaperLine> lines, Currency currency)
    {
        ArgumentNullException.ThrowIfNull(lines);
        ArgumentNullException.ThrowIfNull(currency);
        decimal[] nets = [.. lines.Select(line => line.Net(currency))];
        TaxTotal[] taxes =
        [
            .. lines.Zip(nets)
                .GroupBy(pair => pair.First.TaxRate, pair => pair.Second)
                .OrderBy(group => group.Key)
                .Select(group => Taxed(group.Key, group.Sum(), currency)),
        ];
        var (net, tax) = (nets.Sum(), taxes.Sum(one => one.Tax));
        return new PaperTotals(nets, taxes, net, tax, net + tax);
    }

    private static TaxTotal Taxed(decimal rate, decimal net, Currency currency) =>
        new(rate, net, currency.Round(net * rate / 100));
}
