using HubSpotSync.Data;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Runs;

internal sealed record RunPage(IReadOnlyList<RunRow> Rows, bool HasPrevious, bool HasNext);

/// <summary>Runs, the newest first, read from a row on.</summary>
internal sealed class RunList(CrmDbContext db, PeopleNames people)
{
    public const int PageSize = 50;
    private const int Batch = 1000;

    public Task<int> CountAsync(RunQuery query, CancellationToken cancellationToken) =>
        Matching(query).CountAsync(cancellationToken);

    public async Task<RunPage> ReadAsync(RunQuery query, CancellationToken cancellationToken)
    {
        var isBack = query.Cursor is { IsAfter: false };
        var runs = await Ordered(query, isBack).Take(PageSize + 1).ToListAsync(cancellationToken);
        var hasMore = runs.Count > PageSize;
        runs = [.. runs.Take(PageSize)];
        if (isBack)
        {
            runs.Reverse();
        }

        return new RunPage(
            await WithNamesAsync(runs, cancellationToken),
            isBack ? hasMore : query.Cursor is not null,
            isBack ? query.Cursor is not null : hasMore);
    }

    public async Task<RunRow?> FindAsync(Guid id, CancellationToken cancellationToken)
    {
        var runs = await db.Runs.AsNoTracking().Where(run => run.Id == id).ToListAsync(cancellationToken);
        return (await WithNamesAsync(runs, cancellationToken)).SingleOrDefault();
    }

    /// <summary>All that the query finds, a thousand at a time.</summary>
    public async IAsyncEnumerable<RunRow> StreamAsync(
        RunQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = query.First();
        while (true)
        {
            var runs = await Ordered(next, isBack: false).Take(Batch).ToListAsync(cancellationToken);
            foreach (var row in await WithNamesAsync(runs, cancellationToken))
            {
                yield return row;
            }

            if (runs.Count < Batch)
            {
                yield break;
            }

            next = next with { Cursor = CursorOf(runs[^1], isAfter: true) };
        }
    }

    public static ListCursor CursorOf(SyncRun run, bool isAfter) =>
        new(ListCursor.KeyOf(run.RequestedAt), run.Id, isAfter);

    private IQueryable<SyncRun> Matching(RunQuery query)
    {
        var runs = db.Runs.AsNoTracking();
        if (query.Trigger is { } trigger)
        {
            runs = runs.Where(run => run.Trigger == trigger);
        }

        if (query.State is { } state)
        {
            runs = runs.Where(run => run.State == state);
        }

        return query.OnlyErrors ? runs.Where(run => run.Failed > 0 || run.State == RunState.Failed) : runs;
    }

    private IQueryable<SyncRun> Ordered(RunQuery query, bool isBack)
    {
        var runs = Matching(query);
        if (query.Cursor is { Moment: var at, Id: var id })
        {
            runs = isBack
                ? runs.Where(run => EF.Functions.GreaterThan(
                    ValueTuple.Create(run.RequestedAt, run.Id), ValueTuple.Create(at, id)))
                : runs.Where(run => EF.Functions.LessThan(
                    ValueTuple.Create(run.RequestedAt, run.Id), ValueTuple.Create(at, id)));
        }

        return isBack
            ? runs.OrderBy(run => run.RequestedAt).ThenBy(run => run.Id)
            : runs.OrderByDescending(run => run.RequestedAt).ThenByDescending(run => run.Id);
    }

    private async Task<List<RunRow>> WithNamesAsync(List<SyncRun> runs, CancellationToken cancellationToken)
    {
        var names = await people.OfAsync(runs.Select(run => run.RequestedBy), cancellationToken);
        return runs.ConvertAll(run => new RunRow(
            run, run.RequestedBy is { } asker ? names.GetValueOrDefault(asker) : null));
    }
}
