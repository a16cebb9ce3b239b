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
                    is_erasure, is_asked, version, attempts, errors, {owner} as owner, {clock.GetUtcNow()} as claimed_at
                  from claim_sync_requests({owner}, {Lease}, {Most})
                """)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Keeps those that are ours still and that nobody is just changing; the others the next time.</summary>
    public Task RenewAsync(IReadOnlyList<ClaimedRequest> claimed, CancellationToken cancellationToken)
    {
        var (connection, kind, owner, keys) = NamesOf(claimed);
        return db.Database.ExecuteSqlAsync(
            $"select renew_sync_requests({connection}, {kind}, {owner}, {keys}, {Lease})", cancellationToken);
    }

    /// <summary>Gives the requests back, due again after a time. Nothing failed here.</summary>
    /// <param name="reason">What has to come round first, for people; never a value of the record.</param>
    public Task PutOffAsync(IReadOnlyList<ClaimedRequest> claimed, TimeSpan time, string? reason) =>
        ReturnAsync(claimed, time, reason, isError: false, isGivenUp: false);

    /// <summary>The same after an error of ours, to try again with fewer at once.</summary>
    public Task RetryAsync(IReadOnlyList<ClaimedRequest> claimed, TimeSpan time, string reason) =>
        ReturnAsync(claimed, time, reason, isError: true, isGivenUp: false);

    /// <summary>
    /// Gives the requests back so that others can join them. That was no attempt; and they come due a little early, all
    /// before the time at which somebody looks for them.
    /// </summary>
    public Task GatherAsync(IReadOnlyList<ClaimedRequest> claimed, TimeSpan time, CancellationToken cancellationToken)
    {
        var (connection, kind, owner, keys) = NamesOf(claimed);
        return db.Database.ExecuteSqlAsync(
            $"select gather_sync_requests({connection}, {kind}, {owner}, {keys}, {time - Early})", cancellationToken);
    }

    /// <summary>Gives them up until the record is changed again. A reconcile looks at it all the same.</summary>
    public Task ParkAsync(IReadOnlyList<ClaimedRequest> claimed, string reason) =>
        ReturnAsync(claimed, TimeSpan.Zero, reason, isError: false, isGivenUp: true);

    /// <summary>With no token: giving back what we hold is finished once it has begun.</summary>
    private Task ReturnAsync(
        IReadOnlyList<ClaimedRequest> claimed, TimeSpan time, string? reason, bool isError, bool isGivenUp)
    {
        var (connection, kind, owner, keys) = NamesOf(claimed);
        return db.Database.ExecuteSqlAsync(
            $"""
            select return_sync_requests(
              {connection}, {kind}, {owner}, {keys}, {time}, {reason}, {isError}, {isGivenUp})
            """,
            CancellationToken.None);
    }

    private static (Guid Connection, string Kind, string Owner, string[] Keys) NamesOf(
        IReadOnlyList<ClaimedRequest> claimed) =>
        (claimed[0].ConnectionId, claimed[0].Kind, claimed[0].Owner,
            [.. claimed.Select(request => request.Key.ToString())]);
}
