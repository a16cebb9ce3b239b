using System.Globalization;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// What was modified in HubSpot between the start of the last run and that of this one, by search. Each page begins
/// after the id where the one before ended, never at a number of results: the results move while one reads, and only
/// the first 10,000 can be reached. What is modified meanwhile, by us as well, is for the next run.
/// </summary>
internal sealed class ChangesSweep(ObjectSearch search, ObjectReader reader, PageSyncer syncer)
{
    /// <summary>How far HubSpot's search may be behind its records. What was found before is looked at again.</summary>
    private static readonly TimeSpan IndexLag = TimeSpan.FromSeconds(90);

    /// <summary>As many as one request tells the associations of.</summary>
    private const int MostTogether = 1_000;

    private const char ById = 'i';

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
        var before = book.HubSpotStartedAt!.Value + ToTheSecond; // told before the first record is read
        var after = Parse(book.CursorOf(step));
        List<HubSpotRecord> gathered = [];
        while (!book.IsDone(step))
        {
            var (found, isLast) = await FindAsync(
                search.ModifiedBetweenAsync(
                    context.Session, context.QueryOf(kind), since - IndexLag, before, after, cancellationToken),
                () => SyncAsync(book, context, step, kind, gathered, false, cancellationToken));
            gathered.AddRange(found);
            after = found.Count == 0 ? after : found[^1].Id;
            if (isLast || gathered.Count >= MostTogether)
            {
                await SyncAsync(book, context, step, kind, gathered, isLast, cancellationToken);
                gathered.Clear();
            }

            if (isLast)
            {
                return;
            }
        }
    }

    /// <summary>
    /// What was found before a search that fails is brought over all the same: the limit that it met may last a day.
    /// </summary>
    private static async Task<T> FindAsync<T>(Task<T> finding, Func<Task> writeGatheredAsync)
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

    private async Task SyncAsync(
        RunBook book,
        SyncContext context,
        RunStep step,
        RecordKind kind,
        IReadOnlyList<HubSpotRecord> found,
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

        var records = await reader.CompleteAsync(context.Session, context.QueryOf(kind), found, cancellationToken);
        await syncer.SyncInwardAsync(
            context,
            kind,
            new InwardRecords(records, PageSource.Search),
            book.Progress(step, Format(found[^1].Id), isLast),
            cancellationToken);
    }

    private static string Format(long after) => string.Create(CultureInfo.InvariantCulture, $"{ById}{after}");

    /// <summary>Before there were ids it was a time; such a run finds once more what it has found.</summary>
    private static long Parse(string? cursor) => cursor is [ById, .. var after]
        ? long.Parse(after, CultureInfo.InvariantCulture)
        : 0;
}
