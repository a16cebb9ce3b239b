using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Runs;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>Whatever we changed in HubSpot since the last run is looked over once: did it overwrite an edit?</summary>
internal sealed class OverwrittenEdits(SentWrites sent, PageSyncer syncer)
{
    private const int MostTogether = 250; // with their history HubSpot gives fifty a request; five are on their way

    public async Task RunAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        if (book.IsDone(RunStep.Overwritten))
        {
            return;
        }

        var table = context.TableOf(RecordKind.Contact); // nothing else is written there
        var tried = new List<long>(); // who is not there, or moved too often, is for the next run
        while (true)
        {
            var page = await sent.ReadAnsweredAsync(
                context.ConnectionId, table.Map, MostTogether, [.. tried], cancellationToken);
            if (page.Count == 0)
            {
                await book.MarkDoneAsync(RunStep.Overwritten, cancellationToken);
                return;
            }

            tried.AddRange(page.Select(write => write.HubSpotId));
            await syncer.SyncOverwrittenAsync(
                context,
                RecordKind.Contact,
                page,
                book.Progress(RunStep.Overwritten, null, false),
                cancellationToken);
        }
    }
}
