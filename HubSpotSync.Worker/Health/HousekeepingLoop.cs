using HubSpotSync.Data;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Health;

/// <summary>Forgets once an hour what nobody needs any more. Every worker may: it only deletes what is old.</summary>
internal sealed partial class HousekeepingLoop(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<HousekeepingLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Task.Delay(Pause, clock, stoppingToken);
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
                await db.Database.ExecuteSqlAsync(
                    $"""
                    select forget_old_notes(), forget_old_imports(), forget_old_usage(), forget_old_answers(),
                      forget_old_deliveries(), forget_old_grants()
                    """,
                    stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error.IsDatabaseAway())
            {
                Log.DatabaseAway(logger, error.GetType().Name);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database is away ({Error}); tidying up an hour later")]
        public static partial void DatabaseAway(ILogger logger, string error);
    }
}
