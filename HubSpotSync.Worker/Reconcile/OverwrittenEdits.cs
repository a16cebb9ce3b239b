using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>Whatever we changed in HubSpot since the last run is looked over once: did it overwrite an edit?</summary>
internal sealed class OverwrittenEdits(SentWrites sent, PageSyncer syncer)
{
    public async Task RunAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        if (book.IsDone(RunStep.Overwritten))
        {
            return;
        }

        var table = context.TableOf(RecordKind.Contact); // nothing else is written there
        while (true)
        {
            var page = await sent.ReadAnsweredAsync(
                context.ConnectionId, table.Map, ObjectReader.HistoryBatchSize, cancellationToken);
            if (page.Count == 0)
            {
                await book.MarkDoneAsync(RunStep.Overwritten, cancellationToken);
                return;
            }

            await syncer.SyncOverwrittenAsync(
                context,
                RecordKind.Contact,
                page,
                book.Progress(RunStep.Overwritten, null, false),
                cancellationToken);

            // Not with the page: dying in between only means to look once more, and what was put right is found so.
            await sent.ForgetAsync([.. page.SelectMany(write => write.Ids)], cancellationToken);
        }
    }
}
