using System.Globalization;
using HubSpotSync.Core.Billing;

namespace HubSpotSync.Portal.Words;

internal static class Numbers
{
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 customer", "3,412 customers".</summary>
    public static string Of(long number, string one, string? many = null) =>
        $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    /// <summary>"1,234.50 EUR", "1,235 JPY": with the decimals that the currency has.</summary>
    public static string Money(decimal amount, string? currency) => $"{Amount(amount, currency)} {currency}".TrimEnd();

    public static string Amount(decimal amount, string? currency) => Fixed(amount, Decimals(currency));

    /// <summary>A price for one may be finer than a coin.</summary>
    public static string Price(decimal price, string? currency) =>
        Fixed(price, Math.Max(Decimals(currency), (price / 1.000000000000000000000000000m).Scale));

    private static int Decimals(string? currency) => Currency.Find(currency)?.MinorUnits ?? 2;

    private static string Fixed(decimal amount, int decimals) =>
        amount.ToString("N" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    /// <summary>"Customer", "Customer and Subscriber", "Lead, Customer and Subscriber".</summary>
    public static string List(IReadOnlyList<string> items, string joint = "and") => items switch
    {
        [] => "",
        [var only] => only,
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} {joint} {items[^1]}",
    };
}
