using System.Text;

namespace HubSpotSync.Core.Fields;

/// <summary>Phone numbers as people write them.</summary>
public static class PhoneNumber
{
    /// <summary>
    /// The E.164 form (<c>+</c> and 7 to 15 digits) of a number written internationally, with <c>+</c> or <c>00</c>
    /// first and only blanks, dots, dashes, slashes and brackets between the digits; else <c>null</c>. National
    /// numbers are not guessed at: without the country nobody can know.
    /// </summary>
    public static string? International(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var rest = text.AsSpan().Trim();
        if (rest.StartsWith("+"))
        {
            rest = rest[1..];
        }
        else if (rest.StartsWith("00"))
        {
            rest = rest[2..];
        }
        else
        {
            return null;
        }

        var digits = new StringBuilder("+", 16);
        foreach (var character in rest)
        {
            if (char.IsAsciiDigit(character))
            {
                digits.Append(character);
            }
            else if (!" .-/()\u00a0".Contains(character, StringComparison.Ordinal))
            {
                return null;
            }
        }

        return digits.Length is >= 8 and <= 16 ? digits.ToString() : null;
    }
}
