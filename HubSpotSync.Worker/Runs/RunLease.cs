using HubSpotSync.Data;
using HubSpotSync.Worker.Locks;

namespace HubSpotSync.Worker.Runs;

/// <summary>
/// Keeps lease and lock alive while a run is worked on, also while it waits for HubSpot, and stops the work when the
/// lease is lost. Who asks to stop has the page under way finished, unless it takes too long. A database that is away
/// for a moment stops nothing: the commit decides.
/// </summary>
internal sealed class RunLease : IAsyncDisposable
{
    /// <summary>What a page may still take after somebody asked to stop; it may be waiting for HubSpot.</summary>
    private static readonly TimeSpan LastPage = TimeSpan.FromSeconds(15);

    private readonly CancellationTokenSource _stop;
    private readonly Task _renewing;

    public RunLease(
        ClaimedRun run,
        IServiceScopeFactory scopes,
        ConnectionLock locks,
        TimeProvider clock,
        CancellationToken stoppingToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        _renewing = RenewAsync(run, scopes, locks, clock);
    }

    public CancellationToken Token => _stop.Token;

    public bool IsLost { get; private set; }

    public bool CancelRequested { get; private set; }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
    }

    private async Task RenewAsync(ClaimedRun run, IServiceScopeFactory scopes, ConnectionLock locks, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(RunClaims.Lease / 3, clock);
        string? hindrance = null;
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    scope.ServiceProvider.GetRequiredService<CrmDbContext>().EnterWorkspace(run.WorkspaceId, "engine");
                    var claims = scope.ServiceProvider.GetRequiredService<RunClaims>();
                    var (isOurs, cancelRequested) = await claims.RenewAsync(run, hindrance, _stop.Token);
                    IsLost = !isOurs;
                    if (cancelRequested && !CancelRequested)
                    {
                        (CancelRequested, run.Watch.StopsAfterPage) = (true, true);
                        _stop.CancelAfter(LastPage);
                    }
                }
                catch (Exception error) when (error.IsDatabaseAway())
                {
                    continue;
                }

                if (IsLost)
                {
                    await _stop.CancelAsync();
                }

                // After the lease: a Redis that hangs may be told of late, but must not cost the run.
                var attempt = await locks.TryTakeAsync(run.ConnectionId, RunClaims.Lease);
                hindrance = attempt == LockAttempt.RedisAway ? RunWords.RedisAway : null;
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
