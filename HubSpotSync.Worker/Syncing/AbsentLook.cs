using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Erasures;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Finds out what became of records that HubSpot does not give any more: archived, merged into another one, or gone.
/// Nothing is deleted here for it: the record stays, detached, and says why. Only who was deleted for privacy is
/// forgotten here too.
/// </summary>
internal sealed class AbsentLook(
    LocalRecords records, ObjectReader reader, ErasedPeople erasedPeople, SafetyGuard guard, TimeProvider clock)
{
    /// <param name="told">Of whom HubSpot says that they are to be forgotten.</param>
    public async Task<AbsentRecords> LookAsync(
        SyncContext context,
        RecordTable table,
        long[] ids,
        IReadOnlySet<long> told,
        CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return new AbsentRecords([], []);
        }

        var query = context.QueryOf(table.Map.Kind);
        List<HubSpotRecord> moved =
            [.. await reader.ReadAsync(context.Session, query, ids.Select(Queries.IdText), cancellationToken)];
        long[] missing = [.. ids.Except(moved.Select(record => record.Id))];
        var kept = await reader.ReadArchivedAsync(
            context.Session, query, missing.Select(Queries.IdText), cancellationToken);
        var archived = kept.Select(record => record.Id).ToHashSet();
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
            else if (await reader.IsArchivedAsync(context.Session, table.Map.Kind, id, cancellationToken))
            {
                gone.Add((id, OutcomeReason.ArchivedInHubSpot)); // what it was merged into is
            }
            else if (await reader.FindAsync(context.Session, query, id, cancellationToken) is { } restored)
            {
                moved.Add(restored); // between the two questions: whoever is gone may be forgotten for good
            }
            else
            {
                gone.Add((id, OutcomeReason.GoneFromHubSpot));
            }
        }

        return new AbsentRecords(moved, await RowsOfAsync(context, table, gone, ids.Length, told, cancellationToken));
    }

    /// <summary>Not merely out of scope.</summary>
    private static bool IsKnownGone(LocalRow local) => local.DetachedReason
        is nameof(OutcomeReason.ArchivedInHubSpot) or nameof(OutcomeReason.GoneFromHubSpot);

    /// <summary>Only for what is linked here: of a record that we never had there is nothing to say.</summary>
    private async Task<List<PageRow>> RowsOfAsync(
        SyncContext context,
        RecordTable table,
        List<(long Id, OutcomeReason Reason)> gone,
        int asked,
        IReadOnlySet<long> told,
        CancellationToken cancellationToken)
    {
        var locals = await records.ReadForPageAsync(
            context.ConnectionId, table, new PageKeys([.. gone.Select(one => one.Id)]), cancellationToken);
        var byHubSpotId = locals.Where(local => local.HubSpotId is not null)
            .ToDictionary(local => local.HubSpotId!.Value); // filtered just before
        var known = gone.Count(one => byHubSpotId.GetValueOrDefault(one.Id) is { } local && !IsKnownGone(local));
        await guard.CheckGoneAsync(context, table.Map.Kind, new PageEffect(asked, 0, known), cancellationToken);
        var lost = gone.Count(one => one.Reason == OutcomeReason.GoneFromHubSpot && byHubSpotId.ContainsKey(one.Id));
        return
        [
            .. from one in gone
               where byHubSpotId.ContainsKey(one.Id)
               let local = byHubSpotId[one.Id]
               let isErased = table.Map.Kind == RecordKind.Contact && one.Reason == OutcomeReason.GoneFromHubSpot
                   && Erasure.IsLikely(
                       told.Contains(one.Id), local.ArchivedThereAt, context.SweptAt, lost, clock.GetUtcNow())
               select new PageRow
               {
                   LocalId = local.Id,
                   HubSpotId = one.Id,
                   IsDetached = true,
                   IsErased = isErased,
                   EmailHash = isErased && local.Snapshot[StandardFields.Email] is { } email
                       ? erasedPeople.HashOf(email)
                       : null,
                   State = OutcomeState.Excluded,
                   Reason = isErased ? OutcomeReason.Erased : one.Reason,
               },
        ];
    }
}

/// <param name="Moved">Records that are there after all, or that others were merged into.</param>
/// <param name="Rows">Records here whose HubSpot side is gone.</param>
internal sealed record AbsentRecords(List<HubSpotRecord> Moved, List<PageRow> Rows);
