using System.Globalization;

namespace HubSpotSync.Core.Fields;

/// <summary>
/// The one place where values are made comparable. Null and empty are one thing: a blank, held as <c>null</c>.
/// </summary>
public static class FieldValue
{
    private const string Iso = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
    private const string Day = "yyyy-MM-dd";

    /// <summary>
    /// Trims; drops NUL, which Postgres can't hold; lower-cases e-mails and domains; writes decimals without trailing
    /// zeros and dates as ISO 8601 UTC with milliseconds (ISO text or milliseconds since 1970 are read). Text that
    /// can't be read as its type is kept trimmed, so that nothing is invented or lost.
    /// </summary>
    public static string? Normalize(FieldType type, string? raw)
    {
        if (raw is null)
        {
            return null;
        }

        if (raw.Contains('\0', StringComparison.Ordinal))
        {
            raw = raw.Replace("\0", "", StringComparison.Ordinal);
        }

        var trimmed = NeedsTrimming(raw) ? raw.Trim() : raw;
        if (trimmed.Length == 0)
        {
            return null;
        }

        return type switch
        {
            FieldType.Email or FieldType.Domain => trimmed.ToLowerInvariant(),
            FieldType.Number => NormalizeDecimal(trimmed),
            FieldType.DateTime => NormalizeDateTime(trimmed),
            FieldType.Date => NormalizeDate(trimmed),
            FieldType.Boolean => NormalizeBoolean(trimmed),
            FieldType.MultipleChoice => NormalizeChoices(trimmed),
            _ => trimmed,
        };
    }

    /// <summary>
    /// Whether two normalised values mean the same. Phones keep the writing people gave them and are compared by
    /// their digits where both are in international form; everything else is ordinal.
    /// </summary>
    public static bool Same(FieldType type, string? left, string? right) =>
        string.Equals(left, right, StringComparison.Ordinal)
        || (type == FieldType.Phone && left is not null && right is not null
            && PhoneNumber.International(left) is { } a && a == PhoneNumber.International(right));

    /// <summary>Whether a normalised value is one of its type, and not text that could not be read as one.</summary>
    public static bool IsOfType(FieldType type, string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return type switch
        {
            FieldType.Number => decimal.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out _),
            FieldType.DateTime => ReadTime(value) is not null,
            _ => true,
        };
    }

    private static bool NeedsTrimming(string raw) =>
        raw.Length > 0 && (char.IsWhiteSpace(raw[0]) || char.IsWhiteSpace(raw[^1]));

    private static string NormalizeDecimal(string text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number.ToString("0.############################", CultureInfo.InvariantCulture)
            : text;

    private static string NormalizeBoolean(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "1" => "true",
        "false" or "no" or "0" => "false",
        _ => text,
    };

    private static string? NormalizeChoices(string text)
    {
        const StringSplitOptions Trimmed = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
        var choices = text.Split(';', Trimmed).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        return choices.Count == 0 ? null : string.Join(';', choices);
    }

    /// <summary>HubSpot keeps days as midnight UTC; a day has no time zone.</summary>
    private static string NormalizeDate(string text) =>
        ReadTime(text) is { } time ? time.ToString(Day, CultureInfo.InvariantCulture) : text;

    private static string NormalizeDateTime(string text) =>
        ReadTime(text) is { } time ? time.ToString(Iso, CultureInfo.InvariantCulture) : text;

    /// <summary>
    /// Milliseconds, or text that says its whole day, the year first. Another writing would have to be guessed at
    /// ("3/4/2026") or be completed from today's date ("12:30"), which the parser does unasked.
    /// </summary>
    private static DateTimeOffset? ReadTime(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds)
            && milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000)
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds);
        }

        const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return text.Length >= Day.Length
            && DateOnly.TryParseExact(text.AsSpan(0, Day.Length), Day, CultureInfo.InvariantCulture, default, out _)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var time)
                ? time
                : null;
    }
}
