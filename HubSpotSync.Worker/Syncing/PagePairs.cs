using System.Collections.Immutable;
using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Pairs the records of a page with what was read here for them. No record here is given to two of them.
/// </summary>
internal sealed class PagePairs(RecordTable table, List<LocalRow> rows, UniqueKey? unique)
{
    private readonly Dictionary<Guid, LocalRow> _byId = rows.ToDictionary(row => row.Id);
    private readonly RecordMatcher _matcher = MatcherOf(table, rows, unique);
    private readonly HashSet<Guid> _taken = [];

    public Dictionary<long, LocalRow> Links { get; } =
        rows.Where(row => row.HubSpotId is not null).ToDictionary(row => row.HubSpotId!.Value); // just filtered

    /// <param name="merged">Records here whose HubSpot sides were merged into this one.</param>
    public InwardPair PairOf(
        HubSpotRecord record, ArrivingContact? kept, IReadOnlyList<LocalRow> merged, RecordHistory? history)
    {
        var match = MatchOf(record, kept?.Decision, merged);
        if (match is MatchResult.Matched one && !_taken.Add(one.LocalId))
        {
            match = new MatchResult.Ambiguous([one.LocalId]); // another record of this page is the same local one
        }

        var local = match is MatchResult.Matched { LocalId: var id } ? _byId[id] : null;
        var isRelinked = match is MatchResult.Matched { By: not (MatchedBy.Link or MatchedBy.MergedLink) };
        var hubSpot = RecordSnapshot.OfHubSpot(table.Map, record.Properties, record.UpdatedAt) with
        {
            FieldClock = history is null ? [] : FieldClock(table.Map, record, history),
        };
        var (ancestor, settled) = OwnWrites.Recognize(
            isRelinked ? default : local?.Ancestor ?? default, table.Map, local?.Sent ?? [],
            history is null ? null : field => history.Of(table.Map.Fields[field].HubSpotProperty));
        var state = new PairState(
            Withhold(local?.Snapshot, kept?.Decision), local?.IsArchived ?? false, hubSpot, match, ancestor)
        {
            Facts = new ContactFacts(kept?.IsInLists ?? false, LastActivityOf(record)),
            IsFromHere = local?.IsFromHere ?? false,
            WasArchivedForScope = local?.WasArchivedForScope ?? false,
            IsSetApart = local?.IsSetApart ?? false,
            Decision = kept?.Decision,
        };
        return new InwardPair(record, local, state)
        {
            Merged = merged,
            Settled = settled,
            WasCandidate = kept?.IsCandidate ?? false,
        };
    }

    /// <summary>
    /// Of several records here that HubSpot merged, the one that is linked already stays, else a live one with the
    /// oldest record there.
    /// </summary>
    private MatchResult MatchOf(HubSpotRecord record, ReviewDecision? decision, IReadOnlyList<LocalRow> merged)
    {
        var match = _matcher.Match(new MatchKeys(
            record.Id,
            ContactAddresses.PrimaryOf(table.Map.Kind, record),
            table.Map.Kind == RecordKind.Contact ? MatchedBy.Email : MatchedBy.Domain)
        {
            SecondaryKeys = ContactAddresses.SecondaryOf(record),
            OwnId = ContactAddresses.OwnIdOf(record),
            Decided = decision?.LocalId,
            Unique = unique?.ValueOf(record),
        });
        if (match is MatchResult.Matched { By: MatchedBy.Link } || merged.Count == 0)
        {
            return match;
        }

        var stays = merged.FirstOrDefault(row => !row.IsArchived) ?? merged[0];
        return new MatchResult.Matched(stays.Id, MatchedBy.MergedLink);
    }

    private static RecordMatcher MatcherOf(RecordTable table, List<LocalRow> rows, UniqueKey? unique)
    {
        var links = rows.Where(row => row.HubSpotId is not null)
            .ToDictionary(row => row.HubSpotId!.Value, row => row.Id); // filtered just before
        var unlinked = rows.Where(row => row.HubSpotId is null).Select(row => row.Id).ToHashSet();
        return new RecordMatcher(links, ByKey(table.KeyColumn))
        {
            Unlinked = unlinked,
            Uniques = ByKey(unique?.Field),
        };

        ILookup<string, Guid> ByKey(string? field) => rows
            .Where(row => row.HubSpotId is null || row.IsDetached)
            .Select(row => (Row: row, Key: field is null ? null : row.Snapshot[field]))
            .Where(one => one.Key is not null)
            .GroupBy(one => one.Key!, one => one.Row) // filtered just before
            .SelectMany(same => PreferLive(same).Select(row => (same.Key, row.Id)))
            .ToLookup(one => one.Key, one => one.Id);
    }

    /// <summary>Who was archived is found only where nobody else has the address.</summary>
    private static IEnumerable<LocalRow> PreferLive(IEnumerable<LocalRow> same) =>
        same.Any(row => !row.IsArchived) ? same.Where(row => !row.IsArchived) : same;

    /// <summary>Who was made a record of its own beside somebody else here goes without that one's address.</summary>
    private static RecordSnapshot? Withhold(RecordSnapshot? local, ReviewDecision? decision)
    {
        if (local is null || decision is not { Answer: ReviewAnswer.CreateNew }
            || local[StandardFields.Email] is not null)
        {
            return local;
        }

        var email = local.Map.PositionOf(StandardFields.Email);
        return local with { Gaps = local.Gaps.Add(new FieldGap(email, GapKind.Withheld)) };
    }

    private static DateTimeOffset? LastActivityOf(HubSpotRecord record) =>
        FieldValue.Normalize(FieldType.DateTime, record[ActivityFilter.Property]) is { } text
        && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at : null;

    /// <summary>A field whose history can't be read any more is as old as its record says it is.</summary>
    private static ImmutableArray<DateTimeOffset?> FieldClock(
        FieldMap map, HubSpotRecord record, RecordHistory history) =>
    [
        .. map.Fields.Select(field => (DateTimeOffset?)(
            history.Of(field.HubSpotProperty) is [var newest, ..] ? newest.At : record.UpdatedAt)),
    ];
}
