using HubSpotSync.Data.Signals;

namespace HubSpotSync.Worker.Requests;

/// <summary>Wakes the push when Postgres says that something was changed.</summary>
internal sealed partial class RequestSignals(
    IConfiguration configuration, TimeProvider clock, ILogger<RequestSignals> logger) : BackgroundService
{
    private readonly SemaphoreSlim _changed = new(0, 1);

    /// <summary>Ends with the next change, or when it is time to look anyway.</summary>
    public Task WaitAsync(TimeSpan longest, CancellationToken cancellationToken) =>
        _changed.WaitAsync(longest, cancellationToken);

    /// <summary>Ends a wait after this time as well: requests that were put off are due then.</summary>
    public void WakeIn(TimeSpan time) => _ = WakeInAsync(time);

    public override void Dispose()
    {
        _changed.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        new ChannelListener(configuration.GetConnectionString("crm") ?? "", "sync_requests", clock).ListenAsync(
            _ => Wake(), error => Log.Lost(logger, error.GetType().Name), stoppingToken);

    /// <summary>Many changes before somebody looks are one reason to look.</summary>
    internal void Wake()
    {
        try
        {
            _changed.Release();
        }
        catch (SemaphoreFullException)
        {
        }
    }

    private async Task WakeInAsync(TimeSpan time)
    {
        await Task.Delay(time, clock);
        Wake();
    }

    private static partial class Log
    {
        [LoggerMessage(
            LogLevel.Warning, "Lost the connection that hears of changes ({Error}); looking every few seconds")]
        public static partial void Lost(ILogger logger, string error);
    }
}
