using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Looks by the property histories whether something that we wrote overwrote an edit that nobody had seen, 50 records a
/// request, and takes over here what did. It reaches HubSpot by the look that follows.
/// </summary>
internal sealed class OverwrittenLook(
    InwardPairing pairing, ObjectReader reader, SentWrites sent, TimeProvider clock)
{
    public async Task<List<PageRow>> LookAsync(
        SyncContext context,
        RecordTable table,
        IReadOnlyList<AnsweredWrite> writes,
        CancellationToken cancellationToken)
    {
        var written = writes.ToDictionary(write => write.HubSpotId);
        var read = await reader.ReadWithHistoryAsync(
            context.Session,
            context.QueryOf(table.Map.Kind),
            written.Keys.Select(Queries.IdText),
            [.. writes.SelectMany(write => write.Changes)
                .Select(change => table.Map.Fields[change.Field].HubSpotProperty).Distinct()],
            cancellationToken);
        var lost = read.ToDictionary(one => one.Record.Id, one => LostIn(table, one, written[one.Record.Id]));

        // With the lost values in place, so that it is found out as well who else here holds a lost address.
        HubSpotRecord[] records =
        [
            .. from one in read
               where lost[one.Record.Id].Count > 0
               select WithLost(table.Map, one.Record, lost[one.Record.Id]),
        ];
        var (pairs, emailHolders) = await pairing.PairAsync(context, table, records, null, cancellationToken);
        await sent.MarkLookedOverAsync(
            [.. read.Where(one => lost[one.Record.Id].Count == 0).SelectMany(one => written[one.Record.Id].Ids)],
            cancellationToken);

        return
        [
            .. from pair in pairs
               where pair.Local is { LinkVersion: not null }
               select RowOf(pair, lost[pair.Record.Id], written[pair.Record.Id].Ids, emailHolders),
        ];
    }

    private static List<LostEdit> LostIn(RecordTable table, RecordHistory one, AnsweredWrite write) =>
    [
        .. from changes in write.Changes.GroupBy(change => change.Field)
           let field = table.Map.Fields[changes.Key]
           let lost = LostEdits.Find(
               changes.Key, field, one.Of(field.HubSpotProperty), [.. changes])
           where lost is not null
           select lost,
    ];

    private static HubSpotRecord WithLost(FieldMap map, HubSpotRecord record, List<LostEdit> lost)
    {
        var properties = new Dictionary<string, string?>(record.Properties);
        foreach (var edit in lost)
        {
            var field = map.Fields[edit.Field];
            properties[field.HubSpotProperty] = edit.IsMapped ? field.ToHubSpot(edit.Value) : edit.Value;
        }

        return record with { Properties = properties };
    }

    private PageRow RowOf(
        InwardPair pair, List<LostEdit> lost, IReadOnlyList<Guid> notes, IReadOnlyDictionary<string, Guid> emailHolders)
    {
        var local = pair.Local!; // it is linked
        var merge = LostEdits.Decide(pair.State.Ancestor, local.Snapshot, pair.State.HubSpot!, lost); // as above
        var changes = merge.LocalPatch.RemoveAll(change =>
            local.Snapshot.Map.Fields[change.Field].Name == StandardFields.Email && change.After is { } email
            && emailHolders.TryGetValue(email, out var holder) && holder != local.Id);
        var values = local.Snapshot.Values.ToBuilder();
        foreach (var change in changes)
        {
            values[change.Field] = change.After;
        }

        return new PageRow
        {
            LocalId = local.Id,
            HubSpotId = pair.Record.Id,
            Write = changes.IsEmpty ? LocalWrite.None : LocalWrite.Update,
            Version = local.Version,
            Values = values.ToImmutable(),
            LocalChanges = changes,
            FieldTimes = lost.ToDictionary(edit => edit.Field, edit => edit.At),
            Cause = "It was edited in HubSpot in the moment when we wrote there",
            Conflicts = merge.Conflicts,
            LookedOver = notes,
            AsksForLookAt = changes.IsEmpty ? null : clock.GetUtcNow(),
            State = OutcomeState.InSync,
            Reason = OutcomeReason.Agreed,
        };
    }
}
