using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Runs;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>The customers that HubSpot does not have, a page at a time.</summary>
internal sealed class CustomerPush(ReconcileReads reads, StructureSync structure, PageSyncer syncer)
{
    // Their requests are on their way at once. Where one fails, all of these are looked at once more.
    private const int MostTogether = 500;

    /// <param name="onlyNew">Leaves out those that were looked at before and kept out for a reason.</param>
    public async Task RunAsync(RunBook book, SyncContext context, bool onlyNew, CancellationToken cancellationToken)
    {
        if (book.IsDone(RunStep.Push))
        {
            return;
        }

        if (!onlyNew)
        {
            // Many customers that were unlinked when the run was counted are linked by now.
            await book.SetLeftAsync(await reads.CountUnlinkedAsync(context, cancellationToken), cancellationToken);
            await structure.EnsureOwnIdPropertyAsync(context, cancellationToken);
        }

        var after = book.CursorOf(RunStep.Push) is { } cursor ? Guid.Parse(cursor) : Guid.Empty;
        while (true)
        {
            var page = await reads.ReadUnlinkedAsync(context, after, MostTogether, onlyNew, cancellationToken);
            var isLast = page.Count < MostTogether;
            if (page.Count == 0)
            {
                await book.MarkDoneAsync(RunStep.Push, cancellationToken);
                return;
            }

            after = page[^1].Id;
            var progress = book.Progress(RunStep.Push, after.ToString(), isLast);
            await syncer.SyncOutwardAsync(context, RecordKind.Contact, page, progress, cancellationToken);
            if (isLast)
            {
                return;
            }
        }
    }
}
