using System.Globalization;

namespace HubSpotSync.Portal.Words;

internal static class Numbers
{
    public static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>"1 customer", "3,412 customers".</summary>
    public static string Of(long number, string one, string? many = null) =>
        $"{Count(number)} {(number == 1 ? one : many ?? one + "s")}";

    public static string Money(decimal amount, string? currency) =>
        $"{amount.ToString("N2", CultureInfo.InvariantCulture)} {currency}".TrimEnd();

    /// <summary>"Customer", "Customer and Subscriber", "Lead, Customer and Subscriber".</summary>
    public static string List(IReadOnlyList<string> items, string joint = "and") => items switch
    {
        [] => "",
        [var only] => only,
        _ => $"{string.Join(", ", items.Take(items.Count - 1))} {joint} {items[^1]}",
    };
}
