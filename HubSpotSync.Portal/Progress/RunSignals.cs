using System.Collections.Concurrent;
using HubSpotSync.Data.Signals;

namespace HubSpotSync.Portal.Progress;

/// <summary>
/// Hears of changes of runs and wakes whoever waits for one. A signal may be missed while the database is away; whoever
/// waits also looks from time to time by itself.
/// </summary>
internal sealed partial class RunSignals(
    IConfiguration configuration, TimeProvider clock, ILogger<RunSignals> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    /// <summary>Ends with the next change of the run.</summary>
    public Task ChangeOf(Guid runId) =>
        _waiting.GetOrAdd(runId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ChannelListener(configuration.GetConnectionString("crm") ?? "", "sync_runs", clock).ListenAsync(
            Wake, error => Log.Lost(logger, error.GetType().Name), stoppingToken);

    private void Wake(string payload)
    {
        if (Guid.TryParse(payload, out var runId) && _waiting.TryRemove(runId, out var waiting))
        {
            waiting.SetResult();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning,
            "Lost the connection that listens for progress ({Error}); pages look by themselves meanwhile")]
        public static partial void Lost(ILogger logger, string error);
    }
}
