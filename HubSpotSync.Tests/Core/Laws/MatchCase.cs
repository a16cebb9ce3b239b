using HubSpotSync.Core.Matching;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>A record of HubSpot among a handful here, all of which have something of it or nothing.</summary>
public sealed record MatchCase(
    MatchKeys Record,
    Guid? Linked,
    HashSet<Guid> Unlinked,
    (string Key, Guid Id)[] Keys,
    (string Key, Guid Id)[] Uniques)
{
    private static readonly Guid[] People = [.. Enumerable.Range(1, 4).Select(at => new Guid(at, 0, 0, new byte[8]))];
    private static readonly string[] Addresses = ["a@example.com", "b@example.com", "c@example.com"];
    private static readonly string[] Numbers = ["C-1", "C-2"];
    private static readonly MatchedBy[] KeyKinds = [MatchedBy.Email, MatchedBy.Domain];

    public static MatchCase Any(Draw draw) => new(
        new MatchKeys(1, draw.OneIn(3) ? null : draw.Of(Addresses), draw.Of(KeyKinds))
        {
            SecondaryKeys = Some(draw, 3, Addresses),
            OwnId = draw.OneIn(4) ? draw.Of(People) : null,
            Decided = draw.OneIn(4) ? draw.Of(People) : null,
            Unique = draw.OneIn(2) ? draw.Of(Numbers) : null,
        },
        draw.OneIn(5) ? draw.Of(People) : null,
        [.. Some(draw, 4, People)],
        Holders(draw, Addresses),
        Holders(draw, Numbers));

    public MatchResult Match() => new RecordMatcher(
        Linked is { } id ? new Dictionary<long, Guid> { [Record.HubSpotId] = id } : [],
        Keys.ToLookup(one => one.Key, one => one.Id))
    {
        Unlinked = Unlinked,
        Uniques = Uniques.ToLookup(one => one.Key, one => one.Id),
    }.Match(Record);

    public MatchCase Reversed() => this with
    {
        Keys = [.. Keys.Reverse()],
        Uniques = [.. Uniques.Reverse()],
        Record = Record with { SecondaryKeys = [.. Record.SecondaryKeys.Reverse()] },
    };

    /// <summary>What is asked, the first first, and whom it finds.</summary>
    public IEnumerable<(MatchedBy By, HashSet<Guid> Found)> InOrder() =>
    [
        (MatchedBy.Link, One(Linked)),
        (MatchedBy.Decision, One(Free(Record.Decided))),
        (MatchedBy.OwnId, One(Free(Record.OwnId))),
        (Record.KeyKind, Of(Keys, key => key == Record.PrimaryKey)),
        (MatchedBy.SecondaryEmail, Of(Keys, key => Record.SecondaryKeys.Contains(key))),
        (MatchedBy.UniqueProperty, Of(Uniques, key => key == Record.Unique)),
    ];

    private Guid? Free(Guid? id) => id is { } known && Unlinked.Contains(known) ? id : null;

    private static HashSet<Guid> One(Guid? id) => id is { } known ? [known] : [];

    private static HashSet<Guid> Of((string Key, Guid Id)[] holders, Func<string, bool> isAsked) =>
        [.. holders.Where(one => isAsked(one.Key)).Select(one => one.Id)];

    private static T[] Some<T>(Draw draw, int most, T[] items)
    {
        var some = new T[draw.Below(most)];
        for (var at = 0; at < some.Length; at++)
        {
            some[at] = draw.Of(items);
        }

        return some;
    }

    private static (string Key, Guid Id)[] Holders(Draw draw, string[] keys)
    {
        var holders = new (string, Guid)[draw.Below(4)];
        for (var at = 0; at < holders.Length; at++)
        {
            holders[at] = (draw.Of(keys), draw.Of(People));
        }

        return holders;
    }
}
