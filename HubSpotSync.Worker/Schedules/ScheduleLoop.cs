using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.EntityFrameworkCore;

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
                // One scope each: a context works for one workspace.
                await using var own = scopes.CreateAsyncScope();
                own.ServiceProvider.GetRequiredService<CrmDbContext>()
                    .EnterWorkspace(connection.WorkspaceId, "schedule");
                await own.ServiceProvider.GetRequiredService<DueSchedule>()
                    .RunAsync(connection.ConnectionId, cancellationToken);
            }
        }
        catch (Exception error) when (error.IsDatabaseAway())
        {
            Log.DatabaseAway(logger, error.GetType().Name);
        }
        catch (DbUpdateException error)
        {
            Log.DatabaseAway(logger, error.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database is away ({Error}); looking at schedules again soon")]
        public static partial void DatabaseAway(ILogger logger, string error);
    }
}
