using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Finds out what became of records that HubSpot does not give any more: archived, merged into another one, or gone.
/// Nothing is deleted here for it: the record stays, detached, and says why.
/// </summary>
internal sealed class AbsentLook(LocalRecords records, ObjectReader reader)
{
    public async Task<AbsentRecords> LookAsync(
        SyncContext context, RecordTable table, long[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return new AbsentRecords([], []);
        }

        var query = Queries.Of(table.Map);
        var there = await ReadAsync(context, query, ids, reader.ReadAsync, cancellationToken);
        long[] missing = [.. ids.Except(there.Select(record => record.Id))];
        var archived = (await ReadAsync(context, query, missing, reader.ReadArchivedAsync, cancellationToken))
            .Select(record => record.Id).ToHashSet();
        var moved = there;
        var gone = new List<(long Id, OutcomeReason Reason)>();
        foreach (var id in missing)
        {
            if (archived.Contains(id))
            {
                gone.Add((id, OutcomeReason.ArchivedInHubSpot));
            }
            else if (await reader.FindAsync(context.Session, query, id, cancellationToken) is { } found)
            {
                moved.Add(found);
            }
            else
            {
                gone.Add((id, OutcomeReason.GoneFromHubSpot));
            }
        }

        return new AbsentRecords(moved, await RowsOfAsync(context, table, gone, cancellationToken));
    }

    private static async Task<List<HubSpotRecord>> ReadAsync(
        SyncContext context,
        ObjectQuery query,
        long[] ids,
        ReadBatch read,
        CancellationToken cancellationToken)
    {
        var found = new List<HubSpotRecord>();
        foreach (var batch in ids.Chunk(ObjectReader.PageSize))
        {
            found.AddRange(await read(context.Session, query, batch.Select(Queries.IdText), cancellationToken));
        }

        return found;
    }

    /// <summary>Only for what is linked here: of a record that we never had there is nothing to say.</summary>
    private async Task<List<PageRow>> RowsOfAsync(
        SyncContext context,
        RecordTable table,
        List<(long Id, OutcomeReason Reason)> gone,
        CancellationToken cancellationToken)
    {
        var locals = await records.ReadForPageAsync(
            context.ConnectionId, table, [.. gone.Select(one => one.Id)], [], [], cancellationToken);
        var byHubSpotId = locals.Where(local => local.HubSpotId is not null)
            .ToDictionary(local => local.HubSpotId!.Value, local => local.Id);
        return
        [
            .. from one in gone
               where byHubSpotId.ContainsKey(one.Id)
               select new PageRow
               {
                   LocalId = byHubSpotId[one.Id],
                   HubSpotId = one.Id,
                   IsDetached = true,
                   State = OutcomeState.Excluded,
                   Reason = one.Reason,
               },
        ];
    }
}

internal delegate Task<IReadOnlyList<HubSpotRecord>> ReadBatch(
    HubSpotSession session, ObjectQuery query, IEnumerable<string> ids, CancellationToken cancellationToken);

/// <param name="Moved">Records that are there after all, or that others were merged into.</param>
/// <param name="Rows">Records here whose HubSpot side is gone.</param>
internal sealed record AbsentRecords(List<HubSpotRecord> Moved, List<PageRow> Rows);
