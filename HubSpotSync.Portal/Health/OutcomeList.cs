using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Data;
using HubSpotSync.Data.Journal;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Health;

/// <summary>How many records ended so.</summary>
internal sealed record OutcomeCount(
    [property: Column("state")] string State,
    [property: Column("kind")] string Kind,
    [property: Column("reason")] string Reason,
    [property: Column("detail")] string? Detail,
    [property: Column("records")] int Records);

internal sealed record OutcomePage(IReadOnlyList<OutcomeRow> Rows, bool HasPrevious, bool HasNext);

/// <summary>
/// Counts and lists what the last looks ended in, and asks for new ones. A page deep in the list is found through the
/// index like the first one.
/// </summary>
internal sealed class OutcomeList(CrmDbContext db)
{
    public const int PageSize = 50;
    private const int Batch = 1000;

    /// <summary>By state, kind and reason; what HubSpot refused also by its own word for it.</summary>
    public Task<List<OutcomeCount>> CountAsync(Guid connectionId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<OutcomeCount>(
            $"""
            select state, kind, reason, case when reason = 'RefusedByHubSpot' then detail end as detail,
                count(*)::int as records
              from record_outcomes where connection_id = {connectionId}
              group by 1, 2, 3, 4
            """).ToListAsync(cancellationToken);

    public async Task<int> CountAsync(Guid connectionId, OutcomeQuery query, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<int>(
            $"""
            select count(*)::int as "Value" from outcomes_of({connectionId}, {query.State.ToString()},
              {query.Kind?.ToString()}, {query.Reason?.ToString()}, {query.Detail}, {query.Search}, {query.SearchedId})
            """).ToListAsync(cancellationToken))[0];

    public async Task<OutcomePage> ReadAsync(
        Guid connectionId, OutcomeQuery query, CancellationToken cancellationToken)
    {
        var isBack = query.Cursor is { IsAfter: false };
        var rows = await db.Database.SqlQuery<OutcomeRow>(Rows(connectionId, query, PageSize + 1, isBack))
            .ToListAsync(cancellationToken);
        var hasMore = rows.Count > PageSize;
        rows = [.. rows.Take(PageSize)];
        if (isBack)
        {
            rows.Reverse();
        }

        return new OutcomePage(
            rows, isBack ? hasMore : query.Cursor is not null, isBack ? query.Cursor is not null : hasMore);
    }

    /// <summary>All that the query finds, a thousand at a time.</summary>
    public async IAsyncEnumerable<OutcomeRow> StreamAsync(
        Guid connectionId,
        OutcomeQuery query,
        [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = query.First();
        while (true)
        {
            var rows = await db.Database.SqlQuery<OutcomeRow>(Rows(connectionId, next, Batch, isBack: false))
                .ToListAsync(cancellationToken);
            foreach (var row in rows)
            {
                yield return row;
            }

            if (rows.Count < Batch)
            {
                yield break;
            }

            next = next with { Cursor = new OutcomeCursor(rows[^1].KindName, rows[^1].Key, IsAfter: true) };
        }
    }

    /// <summary>Both sides of these records are looked at anew.</summary>
    /// <param name="marks">Those that were ticked; <c>null</c>: all that the query finds.</param>
    /// <param name="askedBy">Somebody waits, so they go first. Not for all: others wait as well.</param>
    /// <returns>How many there are.</returns>
    public async Task<int> AskAsync(
        Guid connectionId, OutcomeQuery query, string[]? marks, Guid? askedBy, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<int>(
            $"""
            with asked as (
              insert into sync_requests as q (connection_id, kind, record_key, workspace_id, local_id, hubspot_id,
                  from_hubspot, asked_by)
                select o.connection_id, o.kind, o.record_key, o.workspace_id, o.local_id, o.hubspot_id,
                    o.hubspot_id is not null, {askedBy}::uuid
                  from outcomes_of({connectionId}, {query.State.ToString()}, {query.Kind?.ToString()},
                    {query.Reason?.ToString()}, {query.Detail}, {query.Search}, {query.SearchedId}) o
                  where (o.local_id is not null or o.hubspot_id is not null)
                    and ({marks}::text[] is null or o.kind || '~' || o.record_key = any({marks}))
                  order by o.kind, o.record_key
                on conflict (connection_id, kind, record_key) do update set version = q.version + 1,
                  due_at = clock_timestamp(), attempts = 0, last_error = null, parked_at = null,
                  asked_by = coalesce(excluded.asked_by, q.asked_by)
                returning 1)
            select count(*)::int as "Value" from asked, pg_notify('sync_requests', '')
            """).ToListAsync(cancellationToken))[0];

    /// <summary>What was given up is tried again.</summary>
    public Task<int> AskParkedAsync(Guid connectionId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            with woken as (select pg_notify('sync_requests', ''))
            update sync_requests set parked_at = null, attempts = 0, due_at = clock_timestamp(), last_error = null
              from woken where connection_id = {connectionId} and parked_at is not null
            """,
            cancellationToken);

    private static FormattableString Rows(Guid connectionId, OutcomeQuery query, int take, bool isBack)
    {
        var (kind, key) = (query.Cursor?.Kind, query.Cursor?.Key);
        var (state, ofKind, reason) = (query.State.ToString(), query.Kind?.ToString(), query.Reason?.ToString());
        if (isBack)
        {
            return $"""
                select q.*, record_name(q.connection_id, q.kind, q.local_id, q.hubspot_id) as name, exists (
                    select 1 from sync_requests r where r.connection_id = q.connection_id and r.kind = q.kind
                      and r.record_key = q.record_key and r.parked_at is null) as is_waiting
                  from (select o.* from outcomes_of({connectionId}, {state}, {ofKind}, {reason}, {query.Detail},
                      {query.Search}, {query.SearchedId}) o
                    where (o.kind, o.record_key) < ({kind}, {key})
                    order by o.kind desc, o.record_key desc limit {take}) q
                  order by q.kind desc, q.record_key desc
                """;
        }

        return $"""
            select q.*, record_name(q.connection_id, q.kind, q.local_id, q.hubspot_id) as name, exists (
                select 1 from sync_requests r where r.connection_id = q.connection_id and r.kind = q.kind
                  and r.record_key = q.record_key and r.parked_at is null) as is_waiting
              from (select o.* from outcomes_of({connectionId}, {state}, {ofKind}, {reason}, {query.Detail},
                  {query.Search}, {query.SearchedId}) o
                where {kind}::text is null or (o.kind, o.record_key) > ({kind}, {key})
                order by o.kind, o.record_key limit {take}) q
              order by q.kind, q.record_key
            """;
    }
}
