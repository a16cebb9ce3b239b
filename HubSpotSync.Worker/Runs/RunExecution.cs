using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.Worker.Locks;
using HubSpotSync.Worker.Reconcile;
using HubSpotSync.Worker.Syncing;
using HubSpotSync.Worker.Tokens;

namespace HubSpotSync.Worker.Runs;

/// <summary>
/// One claimed run from the claim to its end: holds lock and lease while the job works, and turns every way it can end
/// into a state that a person understands.
/// </summary>
internal sealed partial class RunExecution(
    IServiceScopeFactory scopes,
    ConnectionLock locks,
    RunEndings endings,
    TimeProvider clock,
    ILogger<RunExecution> logger)
{
    private static readonly TimeSpan LockPause = TimeSpan.FromSeconds(1);

    public async Task ExecuteAsync(ClaimedRun run, CancellationToken stoppingToken)
    {
        if (await locks.TryTakeAsync(run.ConnectionId, RunClaims.Lease) == LockAttempt.HeldByOther)
        {
            await endings.GiveBackAsync(run, LockPause);
            return;
        }

        try
        {
            await WorkAsync(run, stoppingToken);
        }
        finally
        {
            await locks.ReleaseAsync(run.ConnectionId);
        }
    }

    private async Task WorkAsync(ClaimedRun run, CancellationToken stoppingToken)
    {
        await using var lease = new RunLease(run, scopes, locks, clock, stoppingToken);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<ReconcileJob>().RunAsync(run, lease.Token);
            await endings.FinishAsync(run, RunState.Done, null);
            Log.Done(logger, run.RunId);
        }
        catch (OperationCanceledException) when (lease.CancelRequested)
        {
            await endings.FinishAsync(run, RunState.Cancelled, null);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await endings.GiveBackAsync(run, TimeSpan.Zero);
        }
        catch (OperationCanceledException) when (lease.IsLost)
        {
            Log.TakenOver(logger, run.RunId);
        }
        catch (FenceLostException)
        {
            Log.TakenOver(logger, run.RunId);
        }
        catch (Exception error) when (!error.IsDatabaseAway())
        {
            await EndAsync(run, error);
        }
    }

    private Task EndAsync(ClaimedRun run, Exception error)
    {
        switch (error)
        {
            case HubSpotRateLimitedException limited:
                return endings.PutOffAsync(run, limited.RetryAfter, RunWords.LimitUsedUp(limited.Category));
            case HubSpotUnavailableException away:
                Log.HubSpotAway(logger, run.RunId, away.Category, (int?)away.Status);
                return endings.PutOffAsync(run, away.RetryAfter, RunWords.Away(away));
            case var lost when ConnectionTrouble.ReasonOf(lost) is { } reason:
                Log.NeedsReconnection(logger, run.ConnectionId);
                return endings.NeedReconnectionAsync(run, reason);
            case SafetyHaltException halt:
                Log.Halted(logger, run.RunId, halt.Message);
                return endings.HaltAsync(run, halt.Message);
            default:
                Log.Failed(logger, error, run.RunId);
                return endings.FailOrRetryAsync(run, error);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Run {RunId} is done")]
        public static partial void Done(ILogger logger, Guid runId);

        [LoggerMessage(LogLevel.Warning, "Run {RunId} was taken over by another worker")]
        public static partial void TakenOver(ILogger logger, Guid runId);

        [LoggerMessage(LogLevel.Warning, "HubSpot is away for run {RunId}: {Category}, status {Status}")]
        public static partial void HubSpotAway(ILogger logger, Guid runId, string category, int? status);

        [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} needs reconnection")]
        public static partial void NeedsReconnection(ILogger logger, Guid connectionId);

        [LoggerMessage(LogLevel.Warning, "Run {RunId} stopped for safety: {What}")]
        public static partial void Halted(ILogger logger, Guid runId, string what);

        [LoggerMessage(LogLevel.Error, "Run {RunId} failed")]
        public static partial void Failed(ILogger logger, Exception error, Guid runId);
    }
}
