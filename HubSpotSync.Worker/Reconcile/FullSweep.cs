using HubSpotSync.Core.Listing;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// Every record by HubSpot's list, which goes by ids, several parts of it at once. What is linked here, lies in the
/// range of a page and is not in it is looked up by its id: archiving a record does not change its modified date, so
/// nothing else would tell.
/// </summary>
internal sealed class FullSweep(ReconcileReads reads, LocalRecords records, PageSyncer syncer, TimeProvider clock)
{
    // A transaction costs as much as the rows of a page. What is not written when a worker dies is read again.
    private const int MostTogether = 10;
    private static readonly TimeSpan Together = TimeSpan.FromMilliseconds(500);

    public async Task RunAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        var counted = new RecordCounts();
        if (!book.IsCounted)
        {
            counted = await reads.CountAsync(context, cancellationToken);
            await book.SetTotalAsync(counted.Total, cancellationToken);
        }

        if (context.Policy.TakesCompanies)
        {
            await ReadAllAsync(book, context, (RunStep.Companies, RecordKind.Company), counted, cancellationToken);
        }

        await ReadAllAsync(book, context, (RunStep.Contacts, RecordKind.Contact), counted, cancellationToken);
        if (context.Policy.TakesDeals)
        {
            await ReadAllAsync(book, context, (RunStep.Deals, RecordKind.Deal), counted, cancellationToken);
        }
    }

    public Task ReadDealsAsync(RunBook book, SyncContext context, CancellationToken cancellationToken) =>
        context.Policy.TakesDeals
            ? ReadAllAsync(book, context, (RunStep.Deals, RecordKind.Deal), new RecordCounts(), cancellationToken)
            : Task.CompletedTask;

    /// <summary>The next pages are read while others are written.</summary>
    private async Task ReadAllAsync(
        RunBook book,
        SyncContext context,
        (RunStep Step, RecordKind Kind) what,
        RecordCounts counted,
        CancellationToken cancellationToken)
    {
        if (book.IsDone(what.Step))
        {
            return;
        }

        var ranges = ListRanges.Parse(book.CursorOf(what.Step));
        var pages = new PagesAhead(range => reads.ListAsync(context, what.Kind, range.After, cancellationToken));
        var isMarked = false;
        try
        {
            pages.Ask(ranges.Open);
            while (!ranges.IsDone)
            {
                var come = await TakeAsync(ranges, pages, counted.LargestOf(what.Kind));
                if (come.Count > 0)
                {
                    isMarked = ranges.IsDone;
                    var progress = book.Progress(what.Step, ranges.ToString(), isMarked);
                    await WriteAsync(context, what.Kind, come, progress, cancellationToken);
                }
            }
        }
        finally
        {
            await pages.ForgetAsync();
        }

        if (!isMarked)
        {
            await book.MarkDoneAsync(what.Step, cancellationToken); // the last page had nothing new
        }
    }

    /// <summary>Pages that come one soon after the other, while the next ones are on their way.</summary>
    private async Task<List<(ListPart Part, HubSpotPage Page)>> TakeAsync(
        ListRanges ranges, PagesAhead pages, long largest)
    {
        List<(ListPart Part, HubSpotPage Page)> come = [];
        var began = clock.GetTimestamp();
        do
        {
            var (range, page) = await pages.NextAsync();
            if (ranges.Take(range, [.. page.Records.Select(record => record.Id)], page.Next) is { } part)
            {
                come.Add((part, page));
            }

            ranges.Split(largest);
            pages.Ask(ranges.Open);
        }
        while (!ranges.IsDone && come.Count < MostTogether
            && await pages.HasSoonAsync(Together - clock.GetElapsedTime(began), clock));

        return come;
    }

    private async Task WriteAsync(
        SyncContext context,
        RecordKind kind,
        List<(ListPart Part, HubSpotPage Page)> come,
        PageProgress progress,
        CancellationToken cancellationToken)
    {
        List<HubSpotRecord> listed = [];
        List<long> unlisted = [];
        foreach (var (part, page) in come)
        {
            HubSpotRecord[] inPart = [.. page.Records.Where(record => part.Has(record.Id))];
            listed.AddRange(inPart);
            unlisted.AddRange(await records.FindUnlistedAsync(
                context.ConnectionId,
                kind,
                part.After,
                part.UpTo,
                [.. inPart.Select(record => record.Id)],
                cancellationToken));
        }

        await syncer.SyncInwardAsync(
            context, kind, new InwardRecords(listed, PageSource.List) { Unlisted = unlisted }, progress,
            cancellationToken);
    }
}
