using HubSpotSync.Data;

namespace HubSpotSync.Worker.Requests;

/// <summary>
/// Keeps claimed requests ours while they are worked on, also while HubSpot's limit is waited for. Who could not renew
/// in time, being frozen or without a database, stops before the lease ends: others may have sent newer values by then.
/// </summary>
internal sealed class RequestLease : IAsyncDisposable
{
    private static readonly TimeSpan Patience = RequestClaims.Lease * 0.75;

    private readonly CancellationToken _outer;
    private readonly CancellationTokenSource _stop;
    private readonly Task _renewing;
    private bool _isOver;

    public RequestLease(
        IReadOnlyList<ClaimedRequest> claimed,
        IServiceScopeFactory scopes,
        TimeProvider clock,
        CancellationToken cancellationToken)
    {
        _outer = cancellationToken;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _stop.CancelAfter(Patience);
        _renewing = RenewAsync(claimed, scopes, clock);
    }

    public CancellationToken Token => _stop.Token;

    /// <summary>It was not renewed in time: whatever is left to do belongs to somebody else.</summary>
    public bool IsLost => _stop.IsCancellationRequested && !_outer.IsCancellationRequested && !_isOver;

    public async ValueTask DisposeAsync()
    {
        _isOver = true;
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
    }

    private async Task RenewAsync(
        IReadOnlyList<ClaimedRequest> claimed, IServiceScopeFactory scopes, TimeProvider clock)
    {
        using var timer = new PeriodicTimer(RequestClaims.Lease / 3, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(_stop.Token))
            {
                var asked = clock.GetTimestamp();
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    scope.ServiceProvider.GetRequiredService<CrmDbContext>()
                        .EnterWorkspace(claimed[0].WorkspaceId, "engine");
                    await scope.ServiceProvider.GetRequiredService<RequestClaims>().RenewAsync(claimed, _stop.Token);
                }
                catch (Exception error) when (error.IsDatabaseAway())
                {
                    continue;
                }

                // From when we asked: the answer may have been waiting for us while we stood still.
                var left = Patience - clock.GetElapsedTime(asked);
                _stop.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }
}
