using System.Globalization;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// Every record by HubSpot's list, which goes by ids. What is linked here, lies in the range of a page and is not in it
/// is looked up by its id: archiving a record does not change its modified date, so nothing else would tell.
/// </summary>
internal sealed class FullSweep(ReconcileReads reads, LocalRecords records, PageSyncer syncer)
{
    public async Task RunAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        if (!book.IsCounted)
        {
            await book.SetTotalAsync(await reads.CountAsync(context, cancellationToken), cancellationToken);
        }

        if (context.Policy.TakesCompanies)
        {
            await ReadAllAsync(book, context, RunStep.Companies, RecordKind.Company, cancellationToken);
        }

        await ReadAllAsync(book, context, RunStep.Contacts, RecordKind.Contact, cancellationToken);
        await ReadDealsAsync(book, context, cancellationToken);
    }

    public Task ReadDealsAsync(RunBook book, SyncContext context, CancellationToken cancellationToken) =>
        context.Policy.TakesDeals
            ? ReadAllAsync(book, context, RunStep.Deals, RecordKind.Deal, cancellationToken)
            : Task.CompletedTask;

    /// <summary>The next page is read while this one is written.</summary>
    private async Task ReadAllAsync(
        RunBook book, SyncContext context, RunStep step, RecordKind kind, CancellationToken cancellationToken)
    {
        if (book.IsDone(step))
        {
            return;
        }

        var at = Place.Parse(book.CursorOf(step));
        var next = reads.ListAsync(context, kind, at.After, cancellationToken);
        while (true)
        {
            var page = await next;
            var isLast = page.Next is null;
            next = isLast ? next : reads.ListAsync(context, kind, page.Next, cancellationToken);
            try
            {
                var lastId = page.Records.Count == 0 ? at.LastId : page.Records.Max(record => record.Id);
                var unlisted = await records.FindUnlistedAsync(
                    context.ConnectionId,
                    kind,
                    at.LastId,
                    isLast ? null : lastId,
                    [.. page.Records.Select(record => record.Id)],
                    cancellationToken);
                at = new Place(page.Next, lastId);
                await syncer.SyncInwardAsync(
                    context,
                    kind,
                    new InwardRecords(page.Records, PageSource.List) { Unlisted = unlisted },
                    book.Progress(step, at.ToString(), isLast),
                    cancellationToken);
            }
            catch
            {
                // Leave no read behind unobserved.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>Where a list goes on, and the last id before.</summary>
    private sealed record Place(string? After, long LastId)
    {
        public static Place Parse(string? cursor) => cursor?.Split(' ') is [var lastId, var after]
            ? new Place(after, long.Parse(lastId, CultureInfo.InvariantCulture))
            : new Place(null, 0);

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{LastId} {After}");
    }
}
