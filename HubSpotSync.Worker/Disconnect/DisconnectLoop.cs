using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using HubSpotSync.Worker.Locks;

namespace HubSpotSync.Worker.Disconnect;

/// <summary>Looks every second for accounts that somebody disconnected.</summary>
internal sealed partial class DisconnectLoop(
    IServiceScopeFactory scopes, ConnectionLock locks, TimeProvider clock, ILogger<DisconnectLoop> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LockTime = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var waiting = await scope.ServiceProvider.GetRequiredService<WorkspaceLookup>()
                .ListDisconnectingAsync(cancellationToken);
            foreach (var connection in waiting)
            {
                await DisconnectAsync(connection, cancellationToken);
            }
        }
        catch (Exception error) when (error.IsDatabaseAway())
        {
            Log.DatabaseAway(logger, error.GetType().Name);
        }
    }

    /// <summary>A run that still works holds the lock and ends at its next page, since its number is old.</summary>
    private async Task DisconnectAsync(WorkspaceConnection connection, CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var isOurs = await locks.TryTakeAsync(connection.ConnectionId, LockTime) != LockAttempt.HeldByOther;
        try
        {
            if (await scope.ServiceProvider.GetRequiredService<DisconnectJob>().RunAsync(connection, cancellationToken))
            {
                Log.Disconnected(logger, connection.ConnectionId);
            }
        }
        finally
        {
            if (isOurs)
            {
                await locks.ReleaseAsync(connection.ConnectionId);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Connection {ConnectionId} is disconnected")]
        public static partial void Disconnected(ILogger logger, Guid connectionId);

        [LoggerMessage(LogLevel.Warning, "The database is away ({Error}); looking again in a second")]
        public static partial void DatabaseAway(ILogger logger, string error);
    }
}
