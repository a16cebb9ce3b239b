using HubSpotSync.Core.Scheduling;
using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;
using HubSpotSync.Worker.Tokens;

namespace HubSpotSync.Worker.Requests;

/// <summary>
/// Takes requests as they come, a few pages at once, and decides what becomes of a page that did not go well. While one
/// page is on its way others gather, so a burst becomes few calls.
/// </summary>
internal sealed partial class RequestLoop(
    IServiceScopeFactory scopes, RequestSignals signals, TimeProvider clock, ILogger<RequestLoop> logger)
    : BackgroundService
{
    private const int MostAtOnce = 4;
    private const int MostErrors = 8;
    private static readonly TimeSpan LooksAnyway = TimeSpan.FromSeconds(2);

    /// <summary>Of a page, for others wait. What takes longer is HubSpot: Postgres ends its statements soon.</summary>
    private static readonly TimeSpan WorkLimit = TimeSpan.FromSeconds(45);
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(5);

    private readonly HashSet<Task> _underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                _underWay.RemoveWhere(task => task.IsCompleted);
                if (_underWay.Count >= MostAtOnce)
                {
                    await Task.WhenAny(_underWay);
                }
                else if (!await TryStartOneAsync(stoppingToken))
                {
                    await signals.WaitAsync(LooksAnyway, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await Task.WhenAll(_underWay);
    }

    private async Task<bool> TryStartOneAsync(CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var claimed = await scope.ServiceProvider.GetRequiredService<RequestClaims>().ClaimAsync(stoppingToken);
            if (claimed.Count > 0)
            {
                _underWay.Add(PushAsync(claimed, stoppingToken));
            }

            return claimed.Count > 0;
        }
        catch (Exception error) when (error.IsDatabaseAway())
        {
            Log.DatabaseAway(logger, error.GetType().Name);
            return false;
        }
    }

    private async Task PushAsync(IReadOnlyList<ClaimedRequest> claimed, CancellationToken stoppingToken)
    {
        using var activity = SyncActivities.Source.StartActivity("push");
        activity?.SetTag("records", claimed.Count);
        using var limit = new CancellationTokenSource(WorkLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stoppingToken);
        await using var lease = new RequestLease(claimed, scopes, clock, either.Token);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RequestJob>().RunAsync(claimed, lease.Token);
        }
        catch (OperationCanceledException) when (lease.IsLost)
        {
            Log.LeaseLost(logger, claimed.Count);
        }
        catch (Exception error)
        {
            await GiveBackAsync(claimed, error, limit.IsCancellationRequested, stoppingToken);
        }
    }

    /// <summary>
    /// Where not even that can be written, the lease ends by itself and the requests are claimed again.
    /// </summary>
    private async Task GiveBackAsync(
        IReadOnlyList<ClaimedRequest> claimed, Exception error, bool tookLong, CancellationToken stoppingToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            db.EnterWorkspace(claimed[0].WorkspaceId, "engine");
            var claims = scope.ServiceProvider.GetRequiredService<RequestClaims>();
            await (error switch
            {
                FenceLostException => claims.PutOffAsync(claimed, TimeSpan.Zero, null),
                OperationCanceledException when stoppingToken.IsCancellationRequested =>
                    claims.PutOffAsync(claimed, TimeSpan.Zero, null),
                HubSpotRateLimitedException limited =>
                    claims.PutOffAsync(claimed, limited.RetryAfter, "HubSpot's limit is used up."),
                HubSpotUnavailableException away =>
                    claims.PutOffAsync(claimed, away.RetryAfter ?? Delay(claimed), RunWords.Away(away)),
                _ when ConnectionTrouble.ReasonOf(error) is { } reason => ReconnectAsync(db, claims, claimed, reason),
                OperationCanceledException when tookLong =>
                    claims.PutOffAsync(claimed, Delay(claimed), RunWords.TakesLong),
                SafetyHaltException halt => HaltAsync(db, claims, claimed, halt.Message),
                _ when error.IsDatabaseAway() => WaitForDatabaseAsync(claims, claimed, error),
                _ => RetryOrParkAsync(claims, claimed, error),
            });
        }
        catch (Exception second) when (second.IsDatabaseAway())
        {
            Log.DatabaseAway(logger, second.GetType().Name);
        }
    }

    private async Task ReconnectAsync(
        CrmDbContext db, RequestClaims claims, IReadOnlyList<ClaimedRequest> claimed, string reason)
    {
        Log.NeedsReconnection(logger, claimed[0].ConnectionId);
        await ConnectionTrouble.MarkAsync(
            db, claimed[0].ConnectionId, reason, claimed[0].ClaimedAt, clock.GetUtcNow());
        await claims.PutOffAsync(claimed, TimeSpan.Zero, RunWords.WaitsForReconnection);
    }

    private async Task HaltAsync(
        CrmDbContext db, RequestClaims claims, IReadOnlyList<ClaimedRequest> claimed, string what)
    {
        Log.Halted(logger, claimed[0].ConnectionId, what);
        await SafetyGuard.MarkAsync(db, claimed[0].ConnectionId, what, clock.GetUtcNow());
        await claims.ParkAsync(claimed, RunWords.Halted(what));
    }

    /// <summary>It is back, or this would not be reached in the end.</summary>
    private Task WaitForDatabaseAsync(RequestClaims claims, IReadOnlyList<ClaimedRequest> claimed, Exception error)
    {
        Log.DatabaseAway(logger, error.GetType().Name);
        return claims.PutOffAsync(claimed, Delay(claimed), RunWords.TriesAgain);
    }

    private Task RetryOrParkAsync(RequestClaims claims, IReadOnlyList<ClaimedRequest> claimed, Exception error)
    {
        Log.Failed(logger, error, claimed.Count);
        var errors = claimed[0].Errors + 1; // who is claimed together had as many
        return errors >= MostErrors
            ? claims.ParkAsync(claimed, RunWords.ErrorOfOurs(error))
            : claims.RetryAsync(claimed, Delay(errors), RunWords.TriesAgain);
    }

    private static TimeSpan Delay(IReadOnlyList<ClaimedRequest> claimed) =>
        Delay(claimed.Max(request => request.Attempts));

    private static TimeSpan Delay(int tries) =>
        Backoff.Delay(tries, FirstRetry, LongestRetry, Random.Shared.NextDouble());

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database is away ({Error}); looking for changes again soon")]
        public static partial void DatabaseAway(ILogger logger, string error);

        [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} needs reconnection")]
        public static partial void NeedsReconnection(ILogger logger, Guid connectionId);

        [LoggerMessage(LogLevel.Warning, "Connection {ConnectionId} stopped for safety: {What}")]
        public static partial void Halted(ILogger logger, Guid connectionId, string what);

        [LoggerMessage(LogLevel.Warning, "Could not keep the lease on {Records} records; they are looked at again")]
        public static partial void LeaseLost(ILogger logger, int records);

        [LoggerMessage(LogLevel.Error, "A push of {Records} records failed")]
        public static partial void Failed(ILogger logger, Exception error, int records);
    }
}
