using System.Globalization;

namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>Times as HubSpot writes and reads them: ISO with milliseconds out; ISO or epoch milliseconds in.</summary>
public static class WireTime
{
    /// <summary>Characters of a moment in text.</summary>
    public const int Length = 24;

    private const string Pattern = "0000-00-00T00:00:00.000Z";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static string Format(DateTimeOffset moment) =>
        string.Create(Length, moment, static (text, moment) => Format(moment, text));

    /// <summary>By hand: each record sent carries several, and a format string costs ten times as much.</summary>
    public static void Format(DateTimeOffset moment, Span<char> text)
    {
        var utc = moment.UtcDateTime;
        Pattern.CopyTo(text);
        Digits(text[..4], utc.Year);
        Digits(text[5..7], utc.Month);
        Digits(text[8..10], utc.Day);
        Digits(text[11..13], utc.Hour);
        Digits(text[14..16], utc.Minute);
        Digits(text[17..19], utc.Second);
        Digits(text[20..23], utc.Millisecond);
    }

    public static string FormatDate(DateTimeOffset moment) =>
        moment.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public static DateTimeOffset? Parse(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
        {
            return milliseconds is > -62_135_596_800_000 and < 253_402_300_800_000
                ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds)
                : null;
        }

        return text.Length >= 10
            && text[4] == '-'
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, Utc, out var moment)
            ? moment
            : null;
    }

    private static void Digits(Span<char> text, int number)
    {
        for (var at = text.Length - 1; at >= 0; at--)
        {
            text[at] = (char)('0' + (number % 10));
            number /= 10;
        }
    }
}
