using HubSpotSync.Core.Scheduling;
using HubSpotSync.Data;
using HubSpotSync.Data.Runs;
using HubSpotSync.Worker.Syncing;
using HubSpotSync.Worker.Tokens;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Runs;

/// <summary>
/// What becomes of a run when the work on it ends, for good or for now. Written with no token: an ending that is under
/// way is finished.
/// </summary>
internal sealed class RunEndings(IServiceScopeFactory scopes, TimeProvider clock)
{
    private const int MostBugs = 5;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan GivesUpAfter = TimeSpan.FromHours(24);

    public Task FinishAsync(ClaimedRun run, RunState state, string? error) => WithAsync(run, (_, claims) =>
        claims.FinishAsync(run, state, error, CancellationToken.None));

    /// <summary>Nothing went wrong; somebody goes on after this time.</summary>
    public Task GiveBackAsync(ClaimedRun run, TimeSpan time) => WithAsync(run, (_, claims) =>
        claims.GiveBackAsync(run, time, null, CancellationToken.None));

    /// <summary>HubSpot has to come round first. After a day without a page the run gives up.</summary>
    public Task PutOffAsync(ClaimedRun run, TimeSpan? retryAfter, string reason) => WithAsync(run, async (db, claims) =>
    {
        var state = await ReadAsync(db, run);
        if (state.FailingSince is { } since && clock.GetUtcNow() - since > GivesUpAfter)
        {
            await claims.FinishAsync(run, RunState.Failed, RunWords.HubSpotAwayForADay, CancellationToken.None);
            return;
        }

        await claims.GiveBackAsync(run, retryAfter ?? WaitOf(state), reason, CancellationToken.None);
    });

    /// <summary>A bug, or something nobody thought of. A few more tries, then a person has to look.</summary>
    public Task FailOrRetryAsync(ClaimedRun run, Exception error) => WithAsync(run, async (db, claims) =>
    {
        var state = await ReadAsync(db, run);
        if (state.Attempts >= MostBugs)
        {
            await claims.FinishAsync(run, RunState.Failed, RunWords.ErrorOfOurs(error), CancellationToken.None);
            return;
        }

        await claims.RetryAsync(run, DelayOf(state), RunWords.TriesAgain, CancellationToken.None);
    });

    /// <summary>A person has to say whether it is meant.</summary>
    public Task HaltAsync(ClaimedRun run, string what) => WithAsync(run, async (db, claims) =>
    {
        await SafetyGuard.MarkAsync(db, run.ConnectionId, what, clock.GetUtcNow());
        await claims.FinishAsync(run, RunState.Failed, RunWords.Halted(what), CancellationToken.None);
    });

    /// <summary>The run stays due and is claimed again once somebody has reconnected.</summary>
    public Task NeedReconnectionAsync(ClaimedRun run, string reason) => WithAsync(run, async (db, claims) =>
    {
        await ConnectionTrouble.MarkAsync(db, run.ConnectionId, reason, run.ClaimedAt, clock.GetUtcNow());
        await claims.GiveBackAsync(run, TimeSpan.Zero, RunWords.WaitsForReconnection, CancellationToken.None);
    });

    /// <summary>As long again as HubSpot has been away.</summary>
    private TimeSpan WaitOf(SyncRun state)
    {
        var away = state.FailingSince is { } since ? clock.GetUtcNow() - since : TimeSpan.Zero;
        return Backoff.Delay(0, away > FirstRetry ? away : FirstRetry, LongestRetry, Random.Shared.NextDouble());
    }

    private static TimeSpan DelayOf(SyncRun state) =>
        Backoff.Delay(state.Attempts, FirstRetry, LongestRetry, Random.Shared.NextDouble());

    private static Task<SyncRun> ReadAsync(CrmDbContext db, ClaimedRun run) =>
        db.Runs.AsNoTracking().SingleAsync(one => one.Id == run.RunId, CancellationToken.None);

    private async Task WithAsync(ClaimedRun run, Func<CrmDbContext, RunClaims, Task> act)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
        db.EnterWorkspace(run.WorkspaceId, "engine");
        await act(db, scope.ServiceProvider.GetRequiredService<RunClaims>());
    }
}
