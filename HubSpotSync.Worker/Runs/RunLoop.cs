using HubSpotSync.Data;
using HubSpotSync.ServiceDefaults.Telemetry;

namespace HubSpotSync.Worker.Runs;

/// <summary>
/// Takes due runs, a few at a time, one per connection. It only loops and guards; the work is elsewhere.
/// </summary>
internal sealed partial class RunLoop(
    IServiceScopeFactory scopes, TimeProvider clock, ILogger<RunLoop> logger) : BackgroundService
{
    private const int MostAtOnce = 8;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan PauseWithoutDatabase = TimeSpan.FromSeconds(1);

    private readonly HashSet<Task> _underWay = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                _underWay.RemoveWhere(task => task.IsCompleted);
                if (_underWay.Count >= MostAtOnce || !await TryStartOneAsync(stoppingToken))
                {
                    await Task.Delay(Pause, clock, stoppingToken);
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
            var claims = scope.ServiceProvider.GetRequiredService<RunClaims>();
            if (await claims.ClaimAsync(stoppingToken) is not { } claimed)
            {
                return false;
            }

            _underWay.Add(ExecuteAsync(claimed, stoppingToken));
            return true;
        }
        catch (Exception error) when (error.IsDatabaseAway())
        {
            Log.DatabaseAway(logger, error.GetType().Name);
            await Task.Delay(PauseWithoutDatabase, clock, stoppingToken);
            return false;
        }
    }

    private async Task ExecuteAsync(ClaimedRun claimed, CancellationToken stoppingToken)
    {
        using var activity = SyncActivities.Source.StartActivity("sync run");
        activity?.SetTag("run.id", claimed.RunId);
        activity?.SetTag("connection.id", claimed.ConnectionId);
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<RunExecution>().ExecuteAsync(claimed, stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        catch (Exception error)
        {
            // Not even the outcome of the run could be written down. Its lease ends by itself and it is claimed again.
            Log.Dropped(logger, claimed.RunId, error.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database is away ({Error}); looking for runs again in a second")]
        public static partial void DatabaseAway(ILogger logger, string error);

        [LoggerMessage(LogLevel.Warning, "Let go of run {RunId} ({Error}); it goes on from its checkpoint")]
        public static partial void Dropped(ILogger logger, Guid runId, string error);
    }
}
