using HubSpotSync.Data;
using HubSpotSync.Worker.Runs;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Requests;

/// <summary>
/// The life of requests in the database. Done is written by the page that answers them; here they are taken and put
/// off.
/// </summary>
internal sealed class RequestClaims(CrmDbContext db, WorkerIdentity worker, TimeProvider clock)
{
    /// <summary>One page: what HubSpot takes in a call.</summary>
    public const int Most = 100;

    /// <summary>Waits that are shorter are not worth giving requests back for.</summary>
    public static TimeSpan Early { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a dead worker's requests stay untouched. Renewed every third of the time.</summary>
    public static TimeSpan Lease { get; } = RunClaims.Lease;

    public async Task<IReadOnlyList<ClaimedRequest>> ClaimAsync(CancellationToken cancellationToken)
    {
        var owner = worker.NewLease();
        return await db.Database
            .SqlQuery<ClaimedRequest>(
                $"""
                select workspace_id, connection_id, epoch, kind, local_id, hubspot_id, from_hubspot,
                    is_erasure, is_asked, version, attempts, {owner} as owner, {clock.GetUtcNow()} as claimed_at
                  from claim_sync_requests({owner}, {Lease}, {Most})
                """)
            .ToListAsync(cancellationToken);
    }

    /// <summary>
    /// Keeps those that are ours still. One that somebody is just changing is left for the next time: to wait for them
    /// could end in a deadlock, and nobody claims it meanwhile.
    /// </summary>
    public Task RenewAsync(IReadOnlyList<ClaimedRequest> claimed, CancellationToken cancellationToken)
    {
        var (connection, kind, keys) = NamesOf(claimed);
        return db.Database.ExecuteSqlAsync(
            $"""
            with ours as (
              select record_key from sync_requests
                where connection_id = {connection} and kind = {kind} and record_key = any({keys})
                  and lease_owner = {claimed[0].Owner}
                for update skip locked)
            update sync_requests q set lease_until = clock_timestamp() + {Lease} from ours
              where q.connection_id = {connection} and q.kind = {kind} and q.record_key = ours.record_key
            """,
            cancellationToken);
    }

    /// <summary>Gives the requests back, due again after a time.</summary>
    /// <param name="reason">For people; never a value of the record.</param>
    public Task PutOffAsync(IReadOnlyList<ClaimedRequest> claimed, TimeSpan time, string? reason) =>
        ReleaseAsync(claimed, reason, time, park: false);

    /// <summary>
    /// Gives the requests back so that others can join them. That was no attempt; and they come due a little early, all
    /// before the time at which somebody looks for them.
    /// </summary>
    public Task GatherAsync(IReadOnlyList<ClaimedRequest> claimed, TimeSpan time, CancellationToken cancellationToken)
    {
        var (connection, kind, keys) = NamesOf(claimed);
        return db.Database.ExecuteSqlAsync(
            $"""
            with ours as (
              select record_key from sync_requests
                where connection_id = {connection} and kind = {kind} and record_key = any({keys})
                  and lease_owner = {claimed[0].Owner}
                order by record_key for update)
            update sync_requests q set lease_owner = null, lease_until = null, due_at = now() + {time - Early},
                attempts = attempts - 1
              from ours where q.connection_id = {connection} and q.kind = {kind} and q.record_key = ours.record_key
            """,
            cancellationToken);
    }

    /// <summary>Gives them up until the record is changed again. A reconcile looks at it all the same.</summary>
    public Task ParkAsync(IReadOnlyList<ClaimedRequest> claimed, string reason) =>
        ReleaseAsync(claimed, reason, TimeSpan.Zero, park: true);

    /// <summary>With no token: giving back what we hold is finished once it has begun.</summary>
    private Task ReleaseAsync(IReadOnlyList<ClaimedRequest> claimed, string? reason, TimeSpan time, bool park)
    {
        var (connection, kind, keys) = NamesOf(claimed);
        return db.Database.ExecuteSqlAsync(
            $"""
            with ours as (
              select record_key from sync_requests
                where connection_id = {connection} and kind = {kind} and record_key = any({keys})
                  and lease_owner = {claimed[0].Owner}
                order by record_key for update)
            update sync_requests q set lease_owner = null, lease_until = null, due_at = now() + {time},
                last_error = {reason}, parked_at = case when {park} then now() end
              from ours where q.connection_id = {connection} and q.kind = {kind} and q.record_key = ours.record_key
            """,
            CancellationToken.None);
    }

    private static (Guid Connection, string Kind, string[] Keys) NamesOf(IReadOnlyList<ClaimedRequest> claimed) =>
        (claimed[0].ConnectionId, claimed[0].Kind, [.. claimed.Select(request => request.Key.ToString())]);
}
