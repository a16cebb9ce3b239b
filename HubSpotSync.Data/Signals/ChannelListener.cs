using HubSpotSync.Core.Scheduling;
using Npgsql;

namespace HubSpotSync.Data.Signals;

/// <summary>
/// Listens to a channel of Postgres for as long as it is let. A signal may be missed while the connection is away, so
/// whoever waits for one also looks from time to time by itself.
/// </summary>
public sealed class ChannelListener(string connectionString, string channel, TimeProvider clock)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    /// <param name="heard">Told the payload of every notification.</param>
    /// <param name="lost">Told when the connection is away; it is tried again.</param>
    public async Task ListenAsync(Action<string> heard, Action<Exception> lost, CancellationToken stoppingToken)
    {
        ArgumentNullException.ThrowIfNull(heard);
        ArgumentNullException.ThrowIfNull(lost);
        for (var attempt = 0; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                await using var connection = await OpenAsync(heard, stoppingToken);
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
                lost(error);
                var wait = Backoff.Delay(attempt, FirstRetry, LongestRetry, 0);
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(Action<string> heard, CancellationToken cancellationToken)
    {
        // Its own connection, never a pooled one: it stays open for as long as somebody listens.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, KeepAlive = 30 };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        connection.Notification += (_, notification) => heard(notification.Payload);
        try
        {
            await connection.OpenAsync(cancellationToken);
            await using var listen = new NpgsqlCommand($"listen {channel}", connection);
            await listen.ExecuteNonQueryAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
