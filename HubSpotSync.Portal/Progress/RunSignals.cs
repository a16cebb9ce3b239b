using System.Collections.Concurrent;
using HubSpotSync.Core.Scheduling;
using Npgsql;

namespace HubSpotSync.Portal.Progress;

/// <summary>
/// Listens to Postgres for changes of runs and wakes whoever waits for one. A signal may be missed while the connection
/// is away; whoever waits also looks from time to time by itself.
/// </summary>
internal sealed partial class RunSignals(
    IConfiguration configuration, TimeProvider clock, ILogger<RunSignals> logger) : BackgroundService
{
    private readonly ConcurrentDictionary<Guid, TaskCompletionSource> _waiting = new();

    /// <summary>Ends with the next change of the run.</summary>
    public Task ChangeOf(Guid runId) =>
        _waiting.GetOrAdd(runId, _ => new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        for (var attempt = 0; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await using var connection = await ListenAsync(stoppingToken);
                attempt = 0;
                while (true)
                {
                    await connection.WaitAsync(stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception error) when (error is NpgsqlException or IOException or TimeoutException)
            {
                Log.Lost(logger, error.GetType().Name);
                var wait = Backoff.Delay(attempt, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30), 0);
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<NpgsqlConnection> ListenAsync(CancellationToken cancellationToken)
    {
        // Its own connection, never a pooled one: it stays open for as long as the portal runs.
        var settings = new NpgsqlConnectionStringBuilder(configuration.GetConnectionString("crm"))
        {
            Pooling = false,
            KeepAlive = 30,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, notification) => Wake(notification.Payload);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var listen = new NpgsqlCommand("listen sync_runs", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

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
