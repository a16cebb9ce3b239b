using HubSpotSync.Data;
using HubSpotSync.Data.Runs;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Runs;

/// <summary>
/// The life of a run in the database: claim, renew, put off, finish. Every change but the claim holds only while the
/// lease is still ours.
/// </summary>
internal sealed class RunClaims(CrmDbContext db, WorkerIdentity worker, TimeProvider clock)
{
    /// <summary>
    /// How long a dead worker's run stays untouched. Renewed by each page and every third of the time in between.
    /// </summary>
    public static TimeSpan Lease { get; } = TimeSpan.FromSeconds(6);

    public async Task<ClaimedRun?> ClaimAsync(CancellationToken cancellationToken)
    {
        var owner = worker.NewLease();
        var claimed = await db.Database
            .SqlQuery<ClaimedRun>(
                $"""
                select run_id, workspace_id, connection_id, epoch, {owner} as owner, {clock.GetUtcNow()} as claimed_at
                  from claim_sync_run({owner}, {Lease})
                """)
            .ToListAsync(cancellationToken);
        return claimed.SingleOrDefault();
    }

    /// <param name="hindrance">What slows the run down right now, for people.</param>
    /// <returns>Whether the lease is still ours, and whether somebody asked to stop.</returns>
    public async Task<(bool IsOurs, bool CancelRequested)> RenewAsync(
        ClaimedRun run, string? hindrance, CancellationToken cancellationToken)
    {
        var answer = await db.Database.SqlQuery<bool>(
            $"""
            update sync_runs set lease_until = now() + {Lease}, hindrance = {hindrance},
                requests = requests + {run.Watch.TakeRequests()}
              where id = {run.RunId} and lease_owner = {run.Owner}
              and state = 'Running' returning cancel_requested as "Value"
            """).ToListAsync(cancellationToken);
        return (answer.Count == 1, answer.Count == 1 && answer[0]);
    }

    public Task SetTotalAsync(ClaimedRun run, int total, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"update sync_runs set total = {total} where id = {run.RunId} and lease_owner = {run.Owner}",
            cancellationToken);

    public Task DeepenAsync(ClaimedRun run, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        update sync_runs set depth = {nameof(RunDepth.Full)} where id = {run.RunId} and lease_owner = {run.Owner}
        """,
        cancellationToken);

    public Task RememberHubSpotTimeAsync(ClaimedRun run, DateTimeOffset time, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update sync_runs set hubspot_started_at = coalesce(hubspot_started_at, {time.ToUniversalTime()})
              where id = {run.RunId} and lease_owner = {run.Owner}
            """,
            cancellationToken);

    /// <summary>Says for people why the run stands still; <c>null</c>: it goes on.</summary>
    public Task SayWaitAsync(ClaimedRun run, string? reason, TimeSpan time, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update sync_runs set wait_reason = {reason},
                wait_until = case when {reason}::text is null then null else now() + {time} end
              where id = {run.RunId} and lease_owner = {run.Owner}
            """,
            cancellationToken);

    /// <summary>Gives the run back, due again after a time. Nothing failed here: that was no attempt.</summary>
    /// <param name="reason">What has to come round first, for people.</param>
    public Task GiveBackAsync(ClaimedRun run, TimeSpan time, string? reason, CancellationToken cancellationToken) =>
        LetGoAsync(run, time, reason, uncounted: 1, cancellationToken);

    /// <summary>The same after an error of ours, to try again.</summary>
    public Task RetryAsync(ClaimedRun run, TimeSpan time, string reason, CancellationToken cancellationToken) =>
        LetGoAsync(run, time, reason, uncounted: 0, cancellationToken);

    public Task FinishAsync(ClaimedRun run, RunState state, string? error, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update sync_runs set state = {state.ToString()}, finished_at = now(), last_error = {error},
                requests = requests + {run.Watch.TakeRequests()},
                lease_until = null, lease_owner = null, wait_reason = null, wait_until = null, hindrance = null
              where id = {run.RunId} and lease_owner = {run.Owner}
            """,
            cancellationToken);

    /// <summary>The first moment in a row that has a reason is kept.</summary>
    private Task LetGoAsync(
        ClaimedRun run, TimeSpan time, string? reason, int uncounted, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update sync_runs set lease_until = null, lease_owner = null, due_at = now() + {time},
                attempts = greatest(attempts - {uncounted}, 0), requests = requests + {run.Watch.TakeRequests()},
                failing_since =
                  case when {reason}::text is null then failing_since else coalesce(failing_since, now()) end,
                wait_reason = {reason}, wait_until = case when {reason}::text is null then null else now() + {time} end
              where id = {run.RunId} and lease_owner = {run.Owner}
            """,
            cancellationToken);
}
