using System.Globalization;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// What was modified in HubSpot since the last run, by search, the earliest first. Each page begins at the time where
/// the one before ended, never at a number of results: the results move while one reads, and only the first 10,000 can
/// be reached. What is found twice is old news the second time.
/// </summary>
internal sealed class ChangesSweep(ObjectSearch search, ObjectReader reader, PageSyncer syncer)
{
    /// <summary>How far HubSpot's search may be behind its records. What was found before is looked at again.</summary>
    private static readonly TimeSpan IndexLag = TimeSpan.FromSeconds(90);

    /// <summary>As many as one request tells the associations of.</summary>
    private const int MostTogether = 1_000;

    /// <summary>HubSpot tells its time without the fraction.</summary>
    private static readonly TimeSpan ToTheSecond = TimeSpan.FromSeconds(1);

    public async Task RunAsync(
        RunBook book, SyncContext context, DateTimeOffset since, CancellationToken cancellationToken)
    {
        if (context.Policy.TakesCompanies)
        {
            await RunAsync(book, context, since, RunStep.Companies, RecordKind.Company, cancellationToken);
        }

        await RunAsync(book, context, since, RunStep.Contacts, RecordKind.Contact, cancellationToken);
        if (context.Policy.TakesDeals)
        {
            await RunAsync(book, context, since, RunStep.Deals, RecordKind.Deal, cancellationToken);
        }
    }

    private async Task RunAsync(
        RunBook book,
        SyncContext context,
        DateTimeOffset since,
        RunStep step,
        RecordKind kind,
        CancellationToken cancellationToken)
    {
        var from = book.CursorOf(step) is { } cursor ? Parse(cursor) : since - IndexLag;
        List<HubSpotRecord> gathered = [];
        while (!book.IsDone(step))
        {
            var query = context.QueryOf(kind);
            var found = await FindAsync(
                search.ModifiedSinceAsync(context.Session, query, from, cancellationToken),
                () => SyncAsync(book, context, step, kind, gathered, from, false, cancellationToken));

            // What is modified from here on is for the next run, or this one might never end.
            var isLast = found.Count < ObjectSearch.PageSize
                || found[0].UpdatedAt > book.HubSpotStartedAt + ToTheSecond;
            var isMoment = !isLast && found[0].UpdatedAt == found[^1].UpdatedAt;
            if (!isMoment)
            {
                gathered.AddRange(found);
                from = found.Count == 0 ? from : found[^1].UpdatedAt;
            }

            if (isLast || isMoment || gathered.Count >= MostTogether)
            {
                await SyncAsync(book, context, step, kind, gathered, from, isLast, cancellationToken);
                gathered.Clear();
            }

            if (isMoment)
            {
                from = found[0].UpdatedAt;
                await ReadMomentAsync(book, context, step, kind, from, cancellationToken);
                from += TimeSpan.FromMilliseconds(1);
            }
            else if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>More records than a page holds have one modified time.</summary>
    private async Task ReadMomentAsync(
        RunBook book,
        SyncContext context,
        RunStep step,
        RecordKind kind,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        var query = context.QueryOf(kind);
        var after = 0L;
        List<HubSpotRecord> gathered = [];
        IReadOnlyList<HubSpotRecord> found;
        do
        {
            found = await FindAsync(
                search.ModifiedAtAsync(context.Session, query, at, after, cancellationToken),
                () => SyncAsync(book, context, step, kind, gathered, at, false, cancellationToken));
            gathered.AddRange(found);
            after = found.Count == 0 ? after : found.Max(record => record.Id);
            if (gathered.Count >= MostTogether || found.Count < ObjectSearch.PageSize)
            {
                await SyncAsync(book, context, step, kind, gathered, at, false, cancellationToken);
                gathered.Clear();
            }
        }
        while (found.Count == ObjectSearch.PageSize);
    }

    /// <summary>
    /// What was found before a search that fails is brought over all the same: the limit that it met may last a day.
    /// </summary>
    private static async Task<IReadOnlyList<HubSpotRecord>> FindAsync(
        Task<IReadOnlyList<HubSpotRecord>> finding, Func<Task> writeGatheredAsync)
    {
        try
        {
            return await finding;
        }
        catch (HubSpotException)
        {
            await writeGatheredAsync();
            throw;
        }
    }

    /// <param name="found">One that was modified between two searches is in it twice.</param>
    /// <param name="until">Where the step goes on.</param>
    private async Task SyncAsync(
        RunBook book,
        SyncContext context,
        RunStep step,
        RecordKind kind,
        IReadOnlyList<HubSpotRecord> found,
        DateTimeOffset until,
        bool isLast,
        CancellationToken cancellationToken)
    {
        if (found.Count == 0)
        {
            if (isLast)
            {
                await book.MarkDoneAsync(step, cancellationToken);
            }

            return;
        }

        HubSpotRecord[] latest = [.. found.Reverse().DistinctBy(record => record.Id).Reverse()];
        var records = await reader.CompleteAsync(context.Session, context.QueryOf(kind), latest, cancellationToken);
        await syncer.SyncInwardAsync(
            context,
            kind,
            new InwardRecords(records, PageSource.Search),
            book.Progress(step, Format(until), isLast),
            cancellationToken);
    }

    private static string Format(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset Parse(string cursor) =>
        DateTimeOffset.FromUnixTimeMilliseconds(long.Parse(cursor, CultureInfo.InvariantCulture));
}
