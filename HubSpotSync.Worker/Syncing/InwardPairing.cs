using System.Collections.Immutable;
using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>Finds the local sides of a page of HubSpot records, in one query.</summary>
internal sealed class InwardPairing(LocalRecords records)
{
    public async Task<InwardPage> PairAsync(
        SyncContext context,
        RecordTable table,
        IReadOnlyList<HubSpotRecord> page,
        IReadOnlyDictionary<long, RecordHistory>? histories,
        CancellationToken cancellationToken)
    {
        var kind = table.Map.Kind;
        string[] keys =
        [
            .. page.Select(record => ContactAddresses.PrimaryOf(kind, record)).OfType<string>(),
            .. page.SelectMany(ContactAddresses.SecondaryOf),
        ];
        long[] ids = [.. page.Select(record => record.Id), .. page.SelectMany(MergedIdsOf)];
        var rows = await records.ReadForPageAsync(
            context.ConnectionId,
            table,
            ids,
            [.. keys.Distinct()],
            [.. page.Select(ContactAddresses.OwnIdOf).OfType<Guid>()],
            cancellationToken);
        var byId = rows.ToDictionary(row => row.Id);
        var matcher = MatcherOf(table, rows);
        var taken = new HashSet<Guid>();
        var links = rows.Where(row => row.HubSpotId is not null).ToDictionary(row => row.HubSpotId!.Value);
        return new InwardPage(
            [.. page.Select(record => PairOf(
                table,
                record,
                MergedOf(record, links),
                histories?.GetValueOrDefault(record.Id),
                matcher,
                taken,
                byId))],
            HoldersOf(table, rows));
    }

    private static IEnumerable<long> MergedIdsOf(HubSpotRecord record) =>
        (record[Queries.MergedIdsProperty] ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => long.TryParse(id, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(id => id != 0 && id != record.Id);

    private static LocalRow[] MergedOf(HubSpotRecord record, Dictionary<long, LocalRow> links) =>
        [.. MergedIdsOf(record).Order().Select(id => links.GetValueOrDefault(id)).OfType<LocalRow>()];

    private static Dictionary<string, Guid> HoldersOf(RecordTable table, List<LocalRow> rows)
    {
        var holders = new Dictionary<string, Guid>(StringComparer.Ordinal);
        foreach (var row in rows.Where(row => table.Map.Kind == RecordKind.Contact && !row.IsArchived))
        {
            if (row.Snapshot[StandardFields.Email] is { } email)
            {
                holders.TryAdd(email, row.Id);
            }
        }

        return holders;
    }

    private static RecordMatcher MatcherOf(RecordTable table, List<LocalRow> rows)
    {
        var links = rows.Where(row => row.HubSpotId is not null)
            .ToDictionary(row => row.HubSpotId!.Value, row => row.Id); // filtered just before
        var free = rows
            .Where(row => row.HubSpotId is null || row.IsDetached)
            .Select(row => (Row: row, Key: table.KeyColumn is null ? null : row.Snapshot[table.KeyColumn]))
            .Where(one => one.Key is not null)
            .GroupBy(one => one.Key!, one => one.Row) // filtered just before
            .SelectMany(same => PreferLive(same).Select(row => (same.Key, row.Id)))
            .ToLookup(one => one.Key, one => one.Id);
        var unlinked = rows.Where(row => row.HubSpotId is null).Select(row => row.Id).ToHashSet();
        return new RecordMatcher(links, free) { Unlinked = unlinked };
    }

    /// <summary>Who was archived is found only where nobody else has the address.</summary>
    private static IEnumerable<LocalRow> PreferLive(IEnumerable<LocalRow> same) =>
        same.Any(row => !row.IsArchived) ? same.Where(row => !row.IsArchived) : same;

    /// <summary>
    /// Of several records here that HubSpot merged, the one that is linked already stays, else a live one with the
    /// oldest record there.
    /// </summary>
    private static MatchResult Match(
        RecordMatcher matcher, RecordKind kind, HubSpotRecord record, IReadOnlyList<LocalRow> merged)
    {
        var match = matcher.Match(
            record.Id,
            ContactAddresses.PrimaryOf(kind, record),
            kind == RecordKind.Contact ? MatchedBy.Email : MatchedBy.Domain,
            ContactAddresses.SecondaryOf(record),
            ContactAddresses.OwnIdOf(record));
        if (match is MatchResult.Matched { By: MatchedBy.Link } || merged.Count == 0)
        {
            return match;
        }

        var stays = merged.FirstOrDefault(row => !row.IsArchived) ?? merged[0];
        return new MatchResult.Matched(stays.Id, MatchedBy.MergedLink);
    }

    /// <summary>A field whose history can't be read any more is as old as its record says it is.</summary>
    private static ImmutableArray<DateTimeOffset?> FieldClock(
        FieldMap map, HubSpotRecord record, RecordHistory history) =>
    [
        .. map.Fields.Select(field => (DateTimeOffset?)(
            history.Of(field.HubSpotProperty) is [var newest, ..] ? newest.At : record.UpdatedAt)),
    ];

    private static InwardPair PairOf(
        RecordTable table,
        HubSpotRecord record,
        IReadOnlyList<LocalRow> merged,
        RecordHistory? history,
        RecordMatcher matcher,
        HashSet<Guid> taken,
        Dictionary<Guid, LocalRow> byId)
    {
        var match = Match(matcher, table.Map.Kind, record, merged);
        if (match is MatchResult.Matched one && !taken.Add(one.LocalId))
        {
            match = new MatchResult.Ambiguous([one.LocalId]); // another record of this page is the same local one
        }

        var local = match is MatchResult.Matched { LocalId: var id } ? byId[id] : null;
        string?[] values = [.. table.Map.Fields.Select(field => record[field.HubSpotProperty])];
        var isRelinked = match is MatchResult.Matched { By: not (MatchedBy.Link or MatchedBy.MergedLink) };
        var hubSpot = RecordSnapshot.Of(table.Map, values, record.UpdatedAt) with
        {
            FieldClock = history is null ? [] : FieldClock(table.Map, record, history),
        };
        var (ancestor, settled) = OwnWrites.Recognize(
            isRelinked ? default : local?.Ancestor ?? default, hubSpot, local?.Sent ?? [],
            history is null ? null : field => history.Of(table.Map.Fields[field].HubSpotProperty));
        var state = new PairState(local?.Snapshot, local?.IsArchived ?? false, hubSpot, match, ancestor);
        return new InwardPair(record, local, state) { Merged = merged, Settled = settled };
    }
}
