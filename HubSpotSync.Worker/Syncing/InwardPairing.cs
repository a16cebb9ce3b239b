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

/// <summary>Finds the local sides of a page of HubSpot records, and what is kept about them, in a query each.</summary>
internal sealed class InwardPairing(LocalRecords records, ArrivingContacts arriving)
{
    public async Task<InwardPage> PairAsync(
        SyncContext context,
        RecordTable table,
        IReadOnlyList<HubSpotRecord> page,
        IReadOnlyDictionary<long, RecordHistory>? histories,
        CancellationToken cancellationToken)
    {
        var kept = table.Map.Kind == RecordKind.Contact
            ? await arriving.ReadAsync(
                context.ConnectionId, context.Policy, [.. page.Select(record => record.Id)], cancellationToken)
            : new Dictionary<long, ArrivingContact>();
        var unique = UniqueKey.Of(context.Policy, table.Map);
        var rows = await records.ReadForPageAsync(
            context.ConnectionId, table, KeysOf(table.Map.Kind, page, kept, unique), cancellationToken);
        var pairs = new PagePairs(table, rows, unique);
        return new InwardPage(
            [
                .. page.Select(record => pairs.PairOf(
                    record,
                    kept.GetValueOrDefault(record.Id),
                    MergedOf(record, pairs.Links),
                    histories?.GetValueOrDefault(record.Id))),
            ],
            HoldersOf(table, rows));
    }

    private static PageKeys KeysOf(
        RecordKind kind,
        IReadOnlyList<HubSpotRecord> page,
        IReadOnlyDictionary<long, ArrivingContact> kept,
        UniqueKey? unique) =>
        new([.. page.Select(record => record.Id), .. page.SelectMany(MergedIdsOf)])
        {
            Addresses =
            [
                .. page.Select(record => ContactAddresses.PrimaryOf(kind, record)).OfType<string>()
                    .Concat(page.SelectMany(ContactAddresses.SecondaryOf)).Distinct(),
            ],
            OwnIds =
            [
                .. page.Select(ContactAddresses.OwnIdOf)
                    .Concat(kept.Values.Select(one => one.Decision?.LocalId)).OfType<Guid>(),
            ],
            UniqueField = unique?.Field,
            UniqueValues = [.. page.Select(record => unique?.ValueOf(record)).OfType<string>()],
        };

    private static long[] MergedIdsOf(HubSpotRecord record) =>
        record[Queries.MergedIdsProperty] is not { Length: > 0 } ids
            ? []
            : [
                .. ids.Split(';', StringSplitOptions.RemoveEmptyEntries)
                    .Select(id => long.TryParse(id, CultureInfo.InvariantCulture, out var number) ? number : 0)
                    .Where(id => id != 0 && id != record.Id)
                    .Order(),
            ];

    private static LocalRow[] MergedOf(HubSpotRecord record, Dictionary<long, LocalRow> links) =>
        MergedIdsOf(record) is { Length: > 0 } ids
            ? [.. ids.Select(id => links.GetValueOrDefault(id)).OfType<LocalRow>()]
            : [];

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
}
