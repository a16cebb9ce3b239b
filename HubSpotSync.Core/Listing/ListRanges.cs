using System.Globalization;

namespace HubSpotSync.Core.Listing;

/// <summary>
/// How far a list that goes by ids has been read where several parts of it are read at once: one page after the other
/// is too slow for HubSpot's limit, since each waits for the one before.
/// <para>
/// A new part begins in the middle of a part that is left, by an id as the cursor. That a cursor is an id is HubSpot's
/// habit and nothing that we rely on: a part begins where its first page says, and the part before it is read on until
/// it reaches that record. So each record is taken exactly once, wherever the parts begin, as long as the list goes by
/// ids.
/// </para>
/// </summary>
public sealed class ListRanges
{
    /// <summary>Parts that are read at once.</summary>
    public const int Most = 6;

    private const int FewestPages = 8; // of a part that is worth its seam
    private const int FreeSplits = Most - 1;
    private const int PagesPerSplit = 25; // two parts share a page at their seam
    private const double Even = 1.25; // how skew ids may be that are taken for even

    private readonly List<ListRange> _ranges;
    private int _pages;
    private int _records;
    private int _pageSize = 1;
    private int _splits;

    private ListRanges(IEnumerable<ListRange> ranges) => _ranges = [.. ranges];

    public bool IsDone => _ranges.TrueForAll(range => range.IsDone);

    /// <summary>Those that have a page to come.</summary>
    public IReadOnlyList<ListRange> Open => _ranges.FindAll(range => !range.IsDone);

    /// <param name="cursor">What <see cref="ToString"/> gave; <c>null</c> to begin.</param>
    public static ListRanges Parse(string? cursor) => new(cursor is null
        ? [new ListRange(0, 0, null)]
        : cursor.Split('\n').Select(ParseRange));

    /// <summary>Takes a page of a part.</summary>
    /// <param name="ids">In the list's order.</param>
    /// <param name="next">Where the list goes on; <c>null</c>: nowhere.</param>
    /// <returns><c>null</c>: nothing of it is new.</returns>
    /// <exception cref="InvalidOperationException">The list does not go by ids.</exception>
    public ListPart? Take(ListRange range, IReadOnlyList<long> ids, string? next)
    {
        ArgumentNullException.ThrowIfNull(range);
        ArgumentNullException.ThrowIfNull(ids);
        if (ids.Zip(ids.Skip(1)).Any(pair => pair.First >= pair.Second))
        {
            throw new InvalidOperationException("HubSpot's list is not in the order of its ids.");
        }

        var at = _ranges.IndexOf(range);
        if (range.Begin is null && !Begin(at, ids))
        {
            return null;
        }

        _pages++;
        _records += ids.Count;
        _pageSize = Math.Max(_pageSize, ids.Count);
        var follower = _ranges.Skip(at + 1).FirstOrDefault(one => one.Begin is not null);
        var isEnd = next is null || (follower is not null && ids.Count > 0 && ids[^1] >= follower.Begin);
        var upTo = isEnd ? follower?.Begin - 1 : ids.Count > 0 ? ids[^1] : range.LastId;
        var part = new ListPart(range.LastId, upTo);
        range.LastId = upTo ?? (ids.Count > 0 ? ids[^1] : range.LastId);
        range.Span = ids.Count > 0 ? ids[^1] - ids[0] : 0;
        (range.After, range.IsDone) = (next, isEnd);
        if (isEnd && follower is not null)
        {
            follower.Begin = range.Begin; // one done part
            _ranges.Remove(range);
        }

        return part;
    }

    /// <summary>
    /// Begins new parts where most is left, of one length, so that they end together: one that ends early is followed
    /// by a new one, and has a new seam. Parts that would save little are not begun.
    /// <para>
    /// If what is ahead were like the last page and that is more than the list has, its ids are not even: accounts have
    /// old small ids and new ones a thousand times larger. One part then begins where a sixth of the pages would be if
    /// their number grew with a power of the id, and says by its first page how far the small ids go.
    /// </para>
    /// </summary>
    public void Split(ListSize size)
    {
        var free = Math.Min(Most - Open.Count, FreeSplits + (_pages / PagesPerSplit) - _splits);
        var widest = _ranges.Where((range, at) => IsWhole(range, at)).MaxBy(range => PagesIfEven(range, size));
        if (free <= 0 || widest is null)
        {
            return;
        }

        var ifEven = PagesIfEven(widest, size);
        var pages = size.Count == 0 ? ifEven : Math.Min(ifEven, PagesOfList(size));
        var parts = Math.Min(free + 1, pages / FewestPages);
        var skew = pages < ifEven ? Math.Log(ifEven) / Math.Log(pages) : 1;
        var (from, length) = (widest.LastId, EndOf(widest, size) - widest.LastId);
        for (var part = skew > Even ? Math.Min(parts - 1, 1) : parts - 1; part > 0; part--)
        {
            var begin = from + (long)(length * Math.Pow((double)part / parts, skew));
            _ranges.Insert(
                _ranges.IndexOf(widest) + 1,
                new ListRange(null, begin, begin.ToString(CultureInfo.InvariantCulture)));
            _splits++;
        }
    }

    /// <summary>What has been taken so far, for <see cref="Parse"/>.</summary>
    public override string ToString() => string.Join('\n', _ranges.Where(range => range.Begin is not null)
        .Select(range => string.Create(
            CultureInfo.InvariantCulture,
            $"{range.Begin} {range.LastId} {(range.IsDone ? "-" : $"+{range.After}")}")));

    private static ListRange ParseRange(string text) => text.Split(' ', 3) switch
    {
        [var begin, var lastId, "-"] => new ListRange(Id(begin), Id(lastId), null) { IsDone = true },
        [var begin, var lastId, "+"] => new ListRange(Id(begin), Id(lastId), null),
        [var begin, var lastId, var after] => new ListRange(Id(begin), Id(lastId), after[1..]),
        [var lastId, var after] => new ListRange(0, Id(lastId), after), // of a run that began before there were parts
        _ => throw new FormatException("This is no cursor of ours."),
    };

    private static long Id(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>The first page of a new part: what the one before has reached meanwhile is not part of it.</summary>
    private bool Begin(int at, IReadOnlyList<long> ids)
    {
        var range = _ranges[at];
        var before = _ranges.Take(at).LastOrDefault(one => one.Begin is not null); // null: it was read on to its end
        var after = _ranges.Skip(at + 1).FirstOrDefault(one => one.Begin is not null);
        var first = before is null ? 0 : ids.FirstOrDefault(id => id > before.LastId);
        var until = before?.Until;
        if (before is not null && (first > 0 || ids.Count == 0))
        {
            before.Until = range.LastId; // from there on nothing comes before this page
        }

        if (first == 0 || first >= after?.Begin)
        {
            _ranges.Remove(range);
            return false;
        }

        range.Until = until;
        (range.Begin, range.LastId) = (first, first - 1);
        return true;
    }

    /// <summary>A part that is read, with cursors that are ids, and that no new part follows already.</summary>
    private bool IsWhole(ListRange range, int at) => range is { IsDone: false, Begin: not null, Span: > 0 }
        && long.TryParse(range.After, NumberStyles.None, CultureInfo.InvariantCulture, out _)
        && (at + 1 == _ranges.Count || _ranges[at + 1].Begin is not null);

    /// <summary>How many pages a part has left if what is ahead is like its last page.</summary>
    private long PagesIfEven(ListRange range, ListSize size) =>
        Math.Max(0, EndOf(range, size) - range.LastId) / Math.Max(1, range.Span);

    private long PagesOfList(ListSize size) => Math.Max(0, size.Count - _records) / _pageSize;

    private long EndOf(ListRange range, ListSize size) => range.Until
        ?? _ranges[(_ranges.IndexOf(range) + 1)..].FirstOrDefault()?.Begin
        ?? size.LargestId;
}
