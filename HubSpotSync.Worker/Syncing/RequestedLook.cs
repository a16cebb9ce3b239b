using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Lists;
using HubSpotSync.HubSpotApi.Lists;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Looks at records that somebody asked for. Both sides are read anew with each look: a record may have been linked,
/// changed again or removed since.
/// </summary>
internal sealed class RequestedLook(
    LocalRecords records,
    ObjectReader reader,
    AssociationReader associations,
    ListReader lists,
    ChosenLists chosenLists,
    InwardLook inward,
    AbsentLook absent,
    OutwardLook outward)
{
    public async Task<List<PageRow>> LookAsync(
        SyncContext context,
        RecordTable table,
        IReadOnlyList<RequestedRecord> requested,
        CancellationToken cancellationToken)
    {
        var locals = await records.ReadByIdsAsync(
            context.ConnectionId,
            table,
            [.. requested.Select(one => one.LocalId).OfType<Guid>().Distinct()],
            cancellationToken);
        long[] ids =
        [
            .. requested.Select(one => one.Key.HubSpotId)
                .Concat(locals.Select(local => local.HubSpotId)).OfType<long>().Distinct(),
        ];
        var told = requested.Where(one => one.FromHubSpot).Select(one => one.Key.HubSpotId).ToHashSet();
        var found = await ReadAsync(context, table, ids, told, cancellationToken);
        var missing = await absent.LookAsync(
            context,
            table,
            [.. ids.Except(found.Select(record => record.Id))],
            requested.Where(one => one is { IsErasure: true, Key.HubSpotId: not null })
                .Select(one => one.Key.HubSpotId!.Value).ToHashSet(), // filtered just before
            cancellationToken);
        await ReadListsAsync(context, table, ids, cancellationToken);
        List<HubSpotRecord> there = [.. found.Concat(missing.Moved).DistinctBy(record => record.Id)];
        var rows = await inward.LookAsync(context, table, there, PageSource.Ids, cancellationToken);
        rows.AddRange(missing.Rows);

        var seen = rows.Select(row => row.LocalId).ToHashSet();
        LocalRow[] unlinked =
        [
            .. locals.Where(local => local.HubSpotId is null && !seen.Contains(local.Id)),
        ];
        rows.AddRange(await outward.LookAsync(context, table, unlinked, cancellationToken));
        return rows;
    }

    /// <summary>A contact that is looked at by itself may have joined or left a list since the last run.</summary>
    private async Task ReadListsAsync(
        SyncContext context, RecordTable table, long[] ids, CancellationToken cancellationToken)
    {
        if (table.Map.Kind != RecordKind.Contact || context.Policy.Lists.IsEmpty || ids.Length == 0)
        {
            return;
        }

        var read = await lists.ListsOfAsync(context.Session, ids, cancellationToken);
        var memberships = read.SelectMany(
            of => of.Value.Where(context.Policy.Lists.Contains).Select(list => (of.Key, list)));
        await chosenLists.WriteMembershipsAsync(context.ConnectionId, ids, memberships, cancellationToken);
    }

    private async Task<List<HubSpotRecord>> ReadAsync(
        SyncContext context, RecordTable table, long[] ids, HashSet<long?> told, CancellationToken cancellationToken)
    {
        var query = context.QueryOf(table.Map.Kind);
        List<HubSpotRecord> found =
            [.. await reader.ReadAsync(context.Session, query, ids.Select(Queries.IdText), cancellationToken)];
        if (query.Associations.Count == 0)
        {
            return found;
        }

        var wanted = found.FindAll(one => told.Contains(one.Id));
        if (wanted.Count == 0)
        {
            return found;
        }

        var read = await associations.AddToAsync(context.Session, query, wanted, cancellationToken);
        return [.. read, .. found.Except(wanted)];
    }
}
