using HubSpotSync.Data;
using HubSpotSync.Worker.Runs;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Requests;

/// <summary>
/// The life of requests in the database. Done is written by the page that answers them; here they are taken and put
/// off.
/// </summary>
internal sealed class RequestClaims(CrmDbContext db, WorkerIdentity worker)
{
    /// <summary>One page: what HubSpot takes in a call.</summary>
    public const int Most = 100;

    /// <summary>Waits that are shorter are not worth giving requests back for.</summary>
    public static TimeSpan Early { get; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a dead worker's requests stay untouched. Work on a page ends before.</summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(60);

    public async Task<IReadOnlyList<ClaimedRequest>> ClaimAsync(CancellationToken cancellationToken) =>
        await db.Database
            .SqlQuery<ClaimedRequest>(
                $"""
                select workspace_id, connection_id, epoch, kind, local_id, hubspot_id, from_hubspot,
                    is_erasure, is_asked, version, attempts
                  from claim_sync_requests({worker.Name}, {Lease}, {Most})
                """)
            .ToListAsync(cancellationToken);

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
        var (connection, kind, keys) = (
            claimed[0].ConnectionId, claimed[0].Kind, claimed.Select(request => request.Key.ToString()).ToArray());
        return db.Database.ExecuteSqlAsync(
            $"""
            update sync_requests set lease_owner = null, lease_until = null, due_at = now() + {time - Early},
                attempts = attempts - 1
              where connection_id = {connection} and kind = {kind} and record_key = any({keys})
                and lease_owner = {worker.Name}
            """,
            cancellationToken);
    }

    /// <summary>Gives them up until the record is changed again. A reconcile looks at it all the same.</summary>
    public Task ParkAsync(IReadOnlyList<ClaimedRequest> claimed, string reason) =>
        ReleaseAsync(claimed, reason, TimeSpan.Zero, park: true);

    /// <summary>With no token: giving back what we hold is finished once it has begun.</summary>
    private Task ReleaseAsync(IReadOnlyList<ClaimedRequest> claimed, string? reason, TimeSpan time, bool park)
    {
        var (connection, kind, keys) = (
            claimed[0].ConnectionId, claimed[0].Kind, claimed.Select(request => request.Key.ToString()).ToArray());
        return db.Database.ExecuteSqlAsync(
            $"""
            update sync_requests set lease_owner = null, lease_until = null, due_at = now() + {time},
                last_error = {reason}, parked_at = case when {park} then now() end
              where connection_id = {connection} and kind = {kind} and record_key = any({keys})
                and lease_owner = {worker.Name}
            """,
            CancellationToken.None);
    }
}
