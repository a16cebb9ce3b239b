using System.Globalization;

namespace HubSpotSync.Portal.Customers;

/// <summary>A row in an order, whether or not it is still there: what it is ordered by, and its id.</summary>
internal sealed record ListCursor(string Key, Guid Id, bool IsAfter)
{
    private const char Mark = '~';

    public static ListCursor? Read(string? text, bool isAfter) =>
        text?.LastIndexOf(Mark) is { } at and >= 0 && Guid.TryParse(text[(at + 1)..], out var id)
            ? new ListCursor(text[..at], id, isAfter)
            : null;

    public static string KeyOf(DateTimeOffset at) => at.UtcTicks.ToString(CultureInfo.InvariantCulture);

    /// <summary>The key as a moment; the beginning of time where it is none.</summary>
    public DateTimeOffset Moment => long.TryParse(Key, CultureInfo.InvariantCulture, out var ticks)
        && ticks >= 0 && ticks <= DateTimeOffset.MaxValue.UtcTicks
            ? new DateTimeOffset(ticks, TimeSpan.Zero)
            : DateTimeOffset.MinValue;

    public override string ToString() => $"{Key}{Mark}{Id}";
}

/// <summary>A page of a list that is read from a row on, and where its neighbours are.</summary>
internal sealed record KeysetLinks(int From, int Shown, int Total, string? Previous, string? Next)
{
    /// <param name="from">How many rows are said to come before the page.</param>
    /// <param name="at">The address of a page: the row it lies after or before, and how many rows come before.</param>
    public static KeysetLinks Of<TRow>(
        IReadOnlyList<TRow> rows, int from, int total, (bool Previous, bool Next) has,
        Func<TRow, bool, int, string> at, int pageSize)
    {
        // Where rows came or went meanwhile the numbers are a little off; the rows themselves are not.
        from = has.Previous ? Math.Min(from, Math.Max(0, total - rows.Count)) : 0;
        return new KeysetLinks(
            from,
            rows.Count,
            total,
            has.Previous && rows is [var first, ..] ? at(first, false, Math.Max(0, from - pageSize)) : null,
            has.Next && rows is [.., var last] ? at(last, true, from + rows.Count) : null);
    }

    public int First => Shown == 0 ? 0 : From + 1;

    public int Last => From + Shown;
}
