using System.Globalization;

namespace HubSpotSync.Core.Billing;

/// <summary>How the numbers of invoices and proposals are written.</summary>
public static class PaperNumber
{
    public const int LongestPrefix = 12;

    public static string Format(string prefix, long sequence) =>
        prefix + sequence.ToString("D4", CultureInfo.InvariantCulture);

    /// <summary>
    /// A prefix does not end in a digit: "1" and 2 would read like "" and 12, and two papers would have one number.
    /// </summary>
    public static bool IsPrefix(string prefix)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        return prefix.Length <= LongestPrefix
            && prefix.All(letter => char.IsLetterOrDigit(letter) || letter is '-' or '/' or '.' or '_' or ' ')
            && (prefix.Length == 0 || !char.IsDigit(prefix[^1]));
    }
}
