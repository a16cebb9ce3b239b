using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Webhooks;

/// <summary>
/// Writes down what HubSpot told us: a receipt for each event and a request for each record, in one statement, so that
/// what was answered with "thank you" is never lost and what is told twice has one effect. The worker is woken after
/// it: Postgres lets one transaction at a time end that wakes somebody, and the others would wait with their rows
/// locked. If we die in between, the worker looks by itself before long.
/// </summary>
public sealed class WebhookIntake(CrmDbContext db)
{
    private const int MostTries = 3;

    public async Task TakeAsync(Guid connectionId, IReadOnlyList<ToldOf> told, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(told);
        await db.Database.OpenConnectionAsync(cancellationToken); // for both statements: opening asks Postgres as well
        for (var tries = 1; ; tries++)
        {
            try
            {
                if (await WriteAsync(connectionId, told, cancellationToken) > 0)
                {
                    await db.Database.ExecuteSqlAsync($"select pg_notify('sync_requests', '')", cancellationToken);
                }

                return;
            }
            catch (Exception error) when (error.IsDeadlock() && tries < MostTries)
            {
                // HubSpot would tell it again, but in its own time, which may be hours.
            }
        }
    }

    /// <returns>How many looks it asks for that nobody had asked for.</returns>
    private async Task<long> WriteAsync(
        Guid connectionId, IReadOnlyList<ToldOf> told, CancellationToken cancellationToken)
    {
        var kinds = told.Select(one => one.Kind.ToString()).ToArray();
        var ids = told.Select(one => one.HubSpotId).ToArray();
        var keys = told.Select(one => one.ReceiptKey).ToArray();
        var times = told.Select(one => one.OccurredAt.ToUniversalTime()).ToArray();
        var dated = told.Select(one => one.ByModifiedDate).ToArray();
        var own = told.Select(one => one.IsOwn).ToArray();
        var erasures = told.Select(one => one.IsErasure).ToArray();

        // An own write is known by its modified date, and so is what was seen whole since it happened. Whom a record
        // belongs to is told by itself: where only values changed, it is not asked for again. A request that nobody has
        // taken yet is as good as a new one, and is not even locked: who takes it later looks later.
        return (await db.Database.SqlQuery<long>(
            $"""
            with told as (
              select * from unnest({kinds}, {ids}, {keys}, {times}, {dated}, {own}, {erasures})
                as t(kind, hubspot_id, receipt_key, occurred_at, dated, own, erasure)),
            receipts as (
              insert into webhook_receipts (connection_id, receipt_key, workspace_id)
                select distinct {connectionId}, receipt_key, {db.WorkspaceId} from told
                on conflict do nothing
                returning receipt_key),
            news as (
              select t.kind, t.hubspot_id, bool_or(t.erasure) as erasure,
                  bool_or(not t.dated or l.hubspot_id is null) as linked_anew
                from told t join receipts r on r.receipt_key = t.receipt_key
                left join record_links l
                  on l.connection_id = {connectionId} and l.kind = t.kind and l.hubspot_id = t.hubspot_id
                where not (t.dated and l.hubspot_seen_at is not null and l.hubspot_seen_at >= t.occurred_at)
                  and not (t.dated and t.own and l.hubspot_written_at is not null
                    and l.hubspot_written_at >= t.occurred_at)
                group by t.kind, t.hubspot_id),
            untaken as materialized (select * from untaken_requests({connectionId}, {kinds}, {ids})),
            asked as (
              insert into sync_requests as q (connection_id, kind, record_key, workspace_id, hubspot_id, from_hubspot,
                  is_erasure)
                select {connectionId}, n.kind, 'h' || n.hubspot_id, {db.WorkspaceId}, n.hubspot_id, n.linked_anew,
                    n.erasure
                  from news n
                  where not exists (select 1 from untaken u where u.kind = n.kind and u.hubspot_id = n.hubspot_id
                    and u.from_hubspot >= n.linked_anew and u.is_erasure >= n.erasure)
                  order by n.kind, 'h' || n.hubspot_id
                on conflict (connection_id, kind, record_key) do update
                  set version = q.version + 1, from_hubspot = q.from_hubspot or excluded.from_hubspot,
                    is_erasure = q.is_erasure or excluded.is_erasure,
                    due_at = least(q.due_at, clock_timestamp()), attempts = 0, last_error = null, parked_at = null
                returning 1)
            select count(*) as "Value" from asked
            """).ToListAsync(cancellationToken))[0]; // it counts
    }
}
