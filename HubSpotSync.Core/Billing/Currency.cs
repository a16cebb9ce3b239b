using System.Collections.Frozen;

namespace HubSpotSync.Core.Billing;

/// <summary>A currency of ISO 4217 and how many decimals its smallest coin has.</summary>
public sealed record Currency(string Code, int MinorUnits, string Name)
{
    private static readonly FrozenDictionary<string, Currency> ByCode =
        CurrencyTable.Rows.ToFrozenDictionary(row => row.Code, StringComparer.OrdinalIgnoreCase);

    public static IReadOnlyList<Currency> All { get; } = [.. CurrencyTable.Rows.OrderBy(row => row.Code)];

    /// <returns><c>null</c> where no currency has this code.</returns>
    public static Currency? Find(string? code) =>
        code is not null && ByCode.TryGetValue(code.Trim(), out var found) ? found : null;

    /// <summary>
    /// The one rule of rounding: to the currency's smallest unit, and half a unit away from zero. It is applied to each
    /// line's net and to the tax of each rate; everything else is a sum of such amounts and needs no rounding.
    /// </summary>
    public decimal Round(decimal amount) => decimal.Round(amount, MinorUnits, MidpointRounding.AwayFromZero);

    /// <summary>Whether the amount can be paid in coins of this currency.</summary>
    public bool IsExact(decimal amount) => Round(amount) == amount;
}
