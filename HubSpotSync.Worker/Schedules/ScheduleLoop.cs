using HubSpotSync.Data;
using HubSpotSync.Data.Identity;

namespace HubSpotSync.Worker.Schedules;

/// <summary>Looks every few seconds for connections whose time has come.</summary>
internal sealed partial class ScheduleLoop(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<ScheduleLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await RunOnceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
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
            var due = await scope.ServiceProvider.GetRequiredService<WorkspaceLookup>()
                .ListWithDueScheduleAsync(cancellationToken);
            foreach (var connection in due)
            {
                await LookAtAsync(connection, cancellationToken);
            }
        }
        catch (Exception error) when (error.IsDatabaseAway())
        {
            Log.DatabaseAway(logger, error.GetType().Name);
        }
    }

    /// <summary>Whatever goes wrong with one connection, the others and the worker go on.</summary>
    private async Task LookAtAsync(WorkspaceConnection connection, CancellationToken cancellationToken)
    {
        try
        {
            // One scope each: a context works for one workspace.
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CrmDbContext>()
                .EnterWorkspace(connection.WorkspaceId, "schedule");
            await scope.ServiceProvider.GetRequiredService<DueSchedule>()
                .RunAsync(connection.ConnectionId, cancellationToken);
        }
        catch (Exception error) when (error is not OperationCanceledException && !error.IsDatabaseAway())
        {
            Log.Failed(logger, error, connection.ConnectionId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "The schedule of connection {ConnectionId} could not be looked at")]
        public static partial void Failed(ILogger logger, Exception error, Guid connectionId);

        [LoggerMessage(LogLevel.Warning, "The database is away ({Error}); looking at schedules again soon")]
        public static partial void DatabaseAway(ILogger logger, string error);
    }
}
