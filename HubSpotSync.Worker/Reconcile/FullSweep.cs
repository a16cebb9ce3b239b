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
internal sealed class FullSweep(ReconcileReads reads, IServiceScopeFactory scopes, TimeProvider clock)
{
    // A transaction costs as much as the rows of a page. What is not written when a worker dies is read again.
    private const int MostTogether = 10;
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        var counting = CountAsync(book, context, cancellationToken); // the first page does not wait for it
        if (context.Policy.TakesCompanies)
        {
            await ReadAllAsync(book, context, (RunStep.Companies, RecordKind.Company), counting, cancellationToken);
        }

        await ReadAllAsync(book, context, (RunStep.Contacts, RecordKind.Contact), counting, cancellationToken);
        if (context.Policy.TakesDeals)
        {
            await ReadAllAsync(book, context, (RunStep.Deals, RecordKind.Deal), counting, cancellationToken);
        }

        await counting;
    }

    public Task ReadDealsAsync(RunBook book, SyncContext context, CancellationToken cancellationToken) =>
        context.Policy.TakesDeals
            ? ReadAllAsync(
                book,
                context,
                (RunStep.Deals, RecordKind.Deal),
                Task.FromResult(new RecordCounts()),
                cancellationToken)
            : Task.CompletedTask;

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

    private async Task ReadAllAsync(
        RunBook book,
        SyncContext context,
        (RunStep Step, RecordKind Kind) what,
        Task<RecordCounts> counting,
        CancellationToken cancellationToken)
    {
        if (book.IsDone(what.Step))
        {
            return;
        }

        await using var line = new SweepLine(scopes, context, what.Kind, cancellationToken);
        await using var pages = new PagesAhead(
            ListRanges.Parse(book.CursorOf(what.Step)),
            SizeAsync(),
            range => reads.ListAsync(context, what.Kind, range.After, cancellationToken));
        pages.Begin();
        await counting; // it writes the run's row, and so does each page
        var isMarked = false;
        while (await pages.TakeAsync(MostTogether, Together, clock, cancellationToken) is [.., var last] come)
        {
            isMarked = last.IsLast;
            await line.WriteAsync(come, book.Progress(what.Step, last.Cursor, isMarked));
        }

        await line.EndAsync();
        if (!isMarked)
        {
            await book.MarkDoneAsync(what.Step, cancellationToken); // the last page had nothing new
        }

        async Task<ListSize> SizeAsync() => (await counting).Sizes.GetValueOrDefault(what.Kind);
    }
}
