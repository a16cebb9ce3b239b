using System.ComponentModel.DataAnnotations.Schema;
using System.Runtime.CompilerServices;
using HubSpotSync.Data;
using HubSpotSync.Portal.Health;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Runs;

/// <summary>How much there is of what a run did.</summary>
internal sealed record RunTotals(
    [property: Column("changes")] int Changes, [property: Column("failures")] int Failures);

/// <summary>Everything that a run wrote on either side, and everything that it could not.</summary>
internal sealed class RunJournal(CrmDbContext db)
{
    public const int PageSize = 50;
    private const int Batch = 1000;

    public async Task<RunTotals> CountAsync(RunView view, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<RunTotals>(
            $"""
            select (select count(*)::int from record_changes c where c.run_id = {view.RunId}
                  and ({view.Kind?.ToString()}::text is null or c.kind = {view.Kind?.ToString()})
                  and ({view.Side}::text is null or c.side = {view.Side})) as changes,
                (select count(*)::int from run_failures f where f.run_id = {view.RunId}
                  and ({view.Kind?.ToString()}::text is null or f.kind = {view.Kind?.ToString()})) as failures
            """).ToListAsync(cancellationToken))[0];

    /// <summary>One more than a page, if there is one.</summary>
    public Task<List<RunChange>> ReadChangesAsync(RunView view, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<RunChange>(Changes(view, PageSize + 1)).ToListAsync(cancellationToken);

    /// <summary>One more than a page, if there is one.</summary>
    public Task<List<RunFailure>> ReadFailuresAsync(RunView view, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<RunFailure>(Failures(view, PageSize + 1)).ToListAsync(cancellationToken);

    public async IAsyncEnumerable<RunChange> StreamChangesAsync(
        RunView view, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = view.First();
        while (true)
        {
            var rows = await db.Database.SqlQuery<RunChange>(Changes(next, Batch)).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < Batch)
            {
                yield break;
            }

            next = next with { Before = rows[^1].Id };
        }
    }

    public async IAsyncEnumerable<RunFailure> StreamFailuresAsync(
        RunView view, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = view.First();
        while (true)
        {
            var rows = await db.Database.SqlQuery<RunFailure>(Failures(next, Batch)).ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < Batch)
            {
                yield break;
            }

            next = next with { After = new OutcomeCursor(rows[^1].KindName, rows[^1].Key, IsAfter: true) };
        }
    }

    private static FormattableString Changes(RunView view, int take) =>
        $"""
        select q.id, q.kind, q.local_id, q.hubspot_id, q.side, q.action, q.fields::text as fields, q.cause, q.at,
            record_name(q.connection_id, q.kind, q.local_id, q.hubspot_id) as name
          from (select c.* from record_changes c where c.run_id = {view.RunId}
              and ({view.Kind?.ToString()}::text is null or c.kind = {view.Kind?.ToString()})
              and ({view.Side}::text is null or c.side = {view.Side})
              and ({view.Before}::bigint is null or c.id < {view.Before})
            order by c.id desc limit {take}) q
          order by q.id desc
        """;

    private static FormattableString Failures(RunView view, int take) =>
        $"""
        select q.kind, q.record_key, q.local_id, q.hubspot_id, q.reason, q.detail, q.at,
            record_name(r.connection_id, q.kind, q.local_id, q.hubspot_id) as name, o.state
          from (select f.* from run_failures f where f.run_id = {view.RunId}
              and ({view.Kind?.ToString()}::text is null or f.kind = {view.Kind?.ToString()})
              and ({view.After?.Kind}::text is null or (f.kind, f.record_key) > ({view.After?.Kind}, {view.After?.Key}))
            order by f.kind, f.record_key limit {take}) q
          join sync_runs r on r.id = q.run_id
          left join record_outcomes o on o.connection_id = r.connection_id and o.kind = q.kind
            and o.record_key = q.record_key
          order by q.kind, q.record_key
        """;
}
