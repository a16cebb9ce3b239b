using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// Writes to HubSpot what a page of pairs has decided, by the records' ids, in batches. What is sent is noted before.
/// </summary>
internal sealed class HubSpotUpdates(ObjectWriter writer, SentWrites sentWrites, TimeProvider clock)
{
    /// <returns>HubSpot's answers, by its ids.</returns>
    public async Task<Dictionary<long, ObjectWritten>> WriteAsync(
        SyncContext context, RecordTable table, List<InwardPair> pairs, CancellationToken cancellationToken)
    {
        var writing = new List<(InwardPair Pair, NotedWrite Note, ObjectWrite Write)>();
        foreach (var pair in pairs)
        {
            if (pair.Plan is not RecordPlan.Update { Merge: { AwaitsHubSpotClock.IsEmpty: true } merge })
            {
                continue;
            }

            var properties = merge.HubSpotPatch.ToDictionary(
                change => table.Map.Fields[change.Field].HubSpotProperty,
                change => table.Map.Fields[change.Field].ToHubSpot(change.After)!); // a merge leaves gaps alone
            if (context.HasOwnId && NeedsOwnId(pair))
            {
                properties[AccountStructure.OwnIdProperty] = pair.Local!.Id.ToString(); // an update has both sides
            }

            if (properties.Count > 0)
            {
                var id = Guid.CreateVersion7(clock.GetUtcNow());
                writing.Add((
                    pair,
                    new NotedWrite(id, pair.Local!.Id, pair.Record.Id, merge.HubSpotPatch) // as above
                    {
                        LinkVersion = pair.LinkVersion,
                    },
                    new ObjectWrite(Queries.IdText(pair.Record.Id), properties)));
            }
        }

        var noted = await sentWrites.NoteChangesAsync(
            context.ConnectionId,
            context.Epoch,
            table.Map,
            [.. writing.Select(one => one.Note)],
            cancellationToken);
        foreach (var (pair, note, _) in writing)
        {
            pair.HasMoved = !noted.TryGetValue(note.Id, out var version);
            if (!pair.HasMoved)
            {
                (pair.SentId, pair.LinkVersion) = (note.Id, version);
            }
        }

        var answers = await writer.UpdateAsync(
            context.Session,
            table.Map.Kind,
            [.. writing.Where(one => !one.Pair.HasMoved).Select(one => one.Write)],
            cancellationToken);
        context.SuspectRefused(table.Map.Kind, answers);
        return answers.ToDictionary(answer => long.Parse(answer.Id, CultureInfo.InvariantCulture));
    }

    /// <summary>
    /// A creation of it may still be on its way to HubSpot. With our id in the record it finds this one, however late
    /// it comes and whatever becomes of the address.
    /// </summary>
    private static bool NeedsOwnId(InwardPair pair) => ContactAddresses.OwnIdOf(pair.Record) is null
        && pair.Local is { } local && local.Unanswered.Any(sent => sent is { IsCreation: true, IsOld: false });
}
