using System.Globalization;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Runs;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// The contacts that a person has let in, by the same looks as any other; then the deals, which may name them.
/// </summary>
internal sealed class DecidedSweep(LetIn letIn, PageSyncer syncer, FullSweep everything)
{
    private const int MostTogether = 500; // their requests are on their way at once

    public async Task RunAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        if (!book.IsCounted)
        {
            var total = await letIn.CountAsync(context.ConnectionId, cancellationToken);
            await book.SetTotalAsync(total, cancellationToken);
        }

        var after = book.CursorOf(RunStep.Decided) is { } cursor ? long.Parse(cursor, CultureInfo.InvariantCulture) : 0;
        while (!book.IsDone(RunStep.Decided))
        {
            var page = await letIn.ReadAsync(context.ConnectionId, after, MostTogether, cancellationToken);
            if (page.Count == 0)
            {
                await book.MarkDoneAsync(RunStep.Decided, cancellationToken);
                break;
            }

            after = page[^1];
            var isLast = page.Count < MostTogether;
            await syncer.SyncRequestedAsync(
                context,
                RecordKind.Contact,
                [.. page.Select(id => new RequestedRecord(new RecordKey(id, null), null, FromHubSpot: true, false))],
                book.Progress(RunStep.Decided, after.ToString(CultureInfo.InvariantCulture), isLast),
                cancellationToken);
            if (isLast)
            {
                break;
            }
        }

        await everything.ReadDealsAsync(book, context, cancellationToken);
    }
}
