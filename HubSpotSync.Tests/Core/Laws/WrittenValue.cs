using System.Globalization;
using HubSpotSync.Core.Fields;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>A text as somebody or something writes it, made of what matters to some type of field.</summary>
public sealed record WrittenValue(FieldType Type, string Text)
{
    private static readonly FieldType[] Types = Enum.GetValues<FieldType>();

    private static readonly string[] Pieces =
    [
        "", "a", "Ada", "É", "😀", " ", "\t", "\u00a0", "\0", ";", "1", "0", "00", "-", "+", ".", "E3", "true", "YES",
        "no", "2026-11-22", "T10:00:00", "Z", "+02:00", "10:30", "1790000000000", "/", "@", "EXAMPLE.com", "0043",
        "3/4/2026", "2026-13-45T10:00:00.000Z", "May 5",
    ];

    public string? Normalized => FieldValue.Normalize(Type, Text);

    public static WrittenValue Any(Draw draw)
    {
        var type = draw.Of(Types);
        return new WrittenValue(type, draw.Below(4) switch
        {
            0 => draw.Of(Pieces),
            1 => draw.Of(Pieces) + draw.Of(Pieces),
            2 => draw.Of(Pieces) + draw.Of(Pieces) + draw.Of(Pieces),
            _ => draw.Of(Pieces) + draw.Of(Pieces) + draw.Of(Pieces) + draw.Of(Pieces),
        });
    }

    /// <summary>One moment, written in two ways.</summary>
    public static (string One, string Other) SameMoment(Draw draw)
    {
        var moment = new DateTimeOffset(1970 + draw.Below(130), 1, 1, 0, 0, 0, TimeSpan.Zero)
            .AddSeconds(draw.Below(365 * 86_400)).AddMilliseconds(draw.Below(1000));
        return (Write(draw, moment), Write(draw, moment));
    }

    /// <summary>One number, written in two ways.</summary>
    public static (decimal Number, string One, string Other) SameNumber(Draw draw)
    {
        var number = new decimal(draw.Below(int.MaxValue), 0, 0, draw.OneIn(3), (byte)draw.Below(8));
        return (number, Write(draw, number), Write(draw, number));
    }

    private static string Write(Draw draw, DateTimeOffset moment)
    {
        const string Wire = "yyyy-MM-dd'T'HH:mm:ss.fff";
        var away = moment.ToOffset(TimeSpan.FromMinutes(15 * (draw.Below(97) - 48)));
        var invariant = CultureInfo.InvariantCulture;
        return draw.Below(4) switch
        {
            0 => moment.ToString(Wire + "'Z'", invariant),
            1 => moment.ToUnixTimeMilliseconds().ToString(invariant),
            2 => away.ToString(Wire + "zzz", invariant),
            _ => away.ToString(" yyyy-MM-dd HH:mm:ss.ffffffzzz", invariant),
        };
    }

    private static string Write(Draw draw, decimal number)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        return draw.Below(5) switch
        {
            0 => text,
            1 => text.Contains('.', StringComparison.Ordinal) ? text + "000" : text + ".0",
            2 => $" {text} ",
            3 => $"{(number * 10_000).ToString(CultureInfo.InvariantCulture)}E-4",
            _ => number < 0 ? $"-00{text[1..]}" : $"+00{text}",
        };
    }
}
