using HubSpotSync.Data.Lists;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.Lists;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// Who is in the lists that the admin chose. A list whose size and last arrival are as before is not read again.
/// </summary>
internal sealed class ListSync(ListReader reader, ChosenLists chosen)
{
    public async Task RunAsync(RunBook book, SyncContext context, bool isFull, CancellationToken cancellationToken)
    {
        if (context.Policy.Lists.IsEmpty || book.IsDone(RunStep.Lists))
        {
            return;
        }

        var known = await chosen.ReadFingerprintsAsync(context.ConnectionId, cancellationToken);
        var there = (await reader.FindAsync(context.Session, context.Policy.Lists, cancellationToken))
            .ToDictionary(list => list.Id);
        foreach (var id in context.Policy.Lists.Order())
        {
            if (!there.TryGetValue(id, out var list))
            {
                await chosen.MarkMissingAsync(context.ConnectionId, id, cancellationToken);
            }
            else if (isFull || known.GetValueOrDefault(id) != list.Fingerprint)
            {
                await ReadAsync(context, list, asks: !isFull, cancellationToken);
            }
        }

        await book.MarkDoneAsync(RunStep.Lists, cancellationToken);
    }

    private async Task ReadAsync(SyncContext context, HubSpotList list, bool asks, CancellationToken cancellationToken)
    {
        var members = new List<long>(list.Size);
        string? after = null;
        do
        {
            var page = await reader.MembersAsync(context.Session, list.Id, after, cancellationToken);
            members.AddRange(page.RecordIds);
            after = page.Next;
        }
        while (after is not null);

        var state = new ListState(list.Id, list.Name, list.Fingerprint, context.Epoch);
        await chosen.WriteAsync(context.ConnectionId, state, [.. members], asks, cancellationToken);
    }
}
