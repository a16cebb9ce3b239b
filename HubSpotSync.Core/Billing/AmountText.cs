using System.Globalization;

namespace HubSpotSync.Core.Billing;

/// <summary>
/// Numbers as people type them: 1234.5, 1,234.50, 1.234,50, 12,5 and 1 234. What can be read in two ways, such as
/// 1,234, is read as the pages write it: in English.
/// </summary>
public static class AmountText
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <returns><c>null</c> where it is no number.</returns>
    public static decimal? Parse(string? text)
    {
        var typed = new string([.. (text ?? "").Where(letter => !char.IsWhiteSpace(letter) && letter != '\'')]);
        var (comma, point) = (typed.LastIndexOf(','), typed.LastIndexOf('.'));
        var plain = (comma, point) switch
        {
            (-1, -1) => typed,
            (>= 0, >= 0) => point > comma ? Grouped(typed, ',', '.') : Grouped(typed, '.', ','),
            (>= 0, _) => IsGrouped(typed, ',') ? Without(typed, ',') : typed.Replace(',', '.'),
            _ => typed.IndexOf('.', StringComparison.Ordinal) != point && IsGrouped(typed, '.')
                ? Without(typed, '.')
                : typed,
        };
        return plain is not null && decimal.TryParse(plain, Plain, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;
    }

    /// <summary>As it is shown in a field: no groups, no zeros that say nothing beyond the wanted decimals.</summary>
    public static string Write(decimal number, int decimals = 0)
    {
        var shortest = number.ToString("0.############################", CultureInfo.InvariantCulture);
        var has = shortest.IndexOf('.', StringComparison.Ordinal) is var at and >= 0 ? shortest.Length - at - 1 : 0;
        return has >= decimals
            ? shortest
            : number.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    private static string? Grouped(string typed, char group, char point)
    {
        var at = typed.IndexOf(point, StringComparison.Ordinal);
        var whole = typed[..at];
        return IsGrouped(whole, group) ? $"{Without(whole, group)}.{typed[(at + 1)..]}" : null;
    }

    private static bool IsGrouped(string typed, char group)
    {
        var parts = typed.TrimStart('-', '+').Split(group);
        return parts.Length > 1
            && parts[0].Length is >= 1 and <= 3
            && parts[0] != "0"
            && parts.Skip(1).All(part => part.Length == 3);
    }

    private static string Without(string typed, char group) =>
        typed.Replace(group.ToString(), "", StringComparison.Ordinal);
}
