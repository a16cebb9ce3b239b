using HubSpotSync.Core.Listing;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// Every record by HubSpot's list, which goes by ids, several parts of it at once. What is linked here, lies in the
/// range of a page and is not in it is looked up by its id: archiving a record does not change its modified date, so
/// nothing else would tell.
/// </summary>
internal sealed class FullSweep(
    ReconcileReads reads, IServiceScopeFactory scopes, OpenLines lines, TimeProvider clock)
{
    // A transaction costs as much as the rows of a page. What is not written when a worker dies is read again.
    private const int MostTogether = 10;
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        (RunStep Step, RecordKind Kind)[] lists =
        [
            .. new (RunStep Step, RecordKind Kind)[]
            {
                (RunStep.Companies, RecordKind.Company),
                (RunStep.Contacts, RecordKind.Contact),
                (RunStep.Deals, RecordKind.Deal),
            }.Where(list => context.Policy.Takes(list.Kind) && !book.IsDone(list.Step)),
        ];
        if (lists.Length == 0)
        {
            return;
        }

        var counting = CountAsync(book, context, cancellationToken); // the first page does not wait for it
        foreach (var list in lists)
        {
            await ReadAllAsync(book, context, list, SizeAsync(list.Kind), cancellationToken);
        }

        async Task<ListSize> SizeAsync(RecordKind kind) => (await counting).Sizes.GetValueOrDefault(kind);
    }

    public async Task ReadDealsAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        if (context.Policy.TakesDeals && !book.IsDone(RunStep.Deals))
        {
            var size = reads.SizeAsync(context, RecordKind.Deal, cancellationToken);
            await ReadAllAsync(book, context, (RunStep.Deals, RecordKind.Deal), size, cancellationToken);
        }
    }

    /// <summary>A run that goes on counts again, to read in parts as well; what it told of its length stays.</summary>
    private async Task<RecordCounts> CountAsync(
        RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        var counted = await reads.CountAsync(context, cancellationToken);
        if (!book.IsCounted)
        {
            await book.SetTotalAsync(counted.Total, cancellationToken);
        }

        return counted;
    }

    /// <param name="size">Told while the first page is read.</param>
    private async Task ReadAllAsync(
        RunBook book,
        SyncContext context,
        (RunStep Step, RecordKind Kind) list,
        Task<ListSize> size,
        CancellationToken cancellationToken)
    {
        await using var line = new SweepLine(scopes, lines, context, list.Kind, cancellationToken);
        await using var pages = new PagesAhead(
            ListRanges.Parse(book.CursorOf(list.Step)),
            size,
            range => reads.ListAsync(context, list.Kind, range.After, cancellationToken));
        pages.Begin();
        await size; // the count writes the run's row, and so does each page
        var isMarked = false;
        while (await pages.TakeAsync(MostTogether, Together, clock, cancellationToken) is [.., var last] come)
        {
            isMarked = last.IsLast;
            await line.WriteAsync(come, book.Progress(list.Step, last.Cursor, isMarked));
        }

        await line.EndAsync();
        if (!isMarked)
        {
            await book.MarkDoneAsync(list.Step, cancellationToken); // the last page had nothing new
        }
    }
}
