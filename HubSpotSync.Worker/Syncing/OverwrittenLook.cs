using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Looks by the property histories whether something that we wrote overwrote an edit that nobody had seen, 50 records a
/// request, and puts right what did.
/// </summary>
internal sealed class OverwrittenLook(InwardPairing pairing, InwardLook inward, ObjectReader reader)
{
    public async Task<List<PageRow>> LookAsync(
        SyncContext context,
        RecordTable table,
        IReadOnlyList<AnsweredWrite> writes,
        CancellationToken cancellationToken)
    {
        var map = table.Map;
        var written = writes.ToDictionary(write => write.HubSpotId);
        var read = await reader.ReadWithHistoryAsync(
            context.Session,
            Queries.Of(map),
            written.Keys.Select(Queries.IdText),
            [.. writes.SelectMany(write => write.Changes).Select(change => map.Fields[change.Field].HubSpotProperty)
                .Distinct()],
            cancellationToken);
        var lost = read.ToDictionary(one => one.Record.Id, one => LostIn(table, one, written[one.Record.Id]));
        HubSpotRecord[] records = [.. read.Select(one => one.Record).Where(record => lost[record.Id].Count > 0)];
        var (pairs, emailHolders) = await pairing.PairAsync(context, table, records, null, cancellationToken);
        foreach (var pair in pairs.Where(pair => pair.Local?.LinkVersion is not null && !pair.State.LocalIsArchived))
        {
            var (state, hubSpot) = (pair.State, pair.State.HubSpot!); // inward pairs have one
            var merge = LostEdits.Restore(state.Ancestor, state.Local!, hubSpot, lost[pair.Record.Id]); // it is linked
            pair.Plan = new RecordPlan.Update(merge, Core.Matching.MatchedBy.Link);
        }

        return await inward.ApplyAsync(context, table, new InwardPage(pairs, emailHolders), cancellationToken);
    }

    private static List<LostEdit> LostIn(RecordTable table, RecordHistory one, AnsweredWrite write) =>
    [
        .. from changes in write.Changes.GroupBy(change => change.Field)
           let field = table.Map.Fields[changes.Key]
           let lost = LostEdits.Find(
               changes.Key, field.Type, one.Of(field.HubSpotProperty), [.. changes])
           where lost is not null
           select lost,
    ];
}
