using HubSpotSync.Core.Scheduling;
using HubSpotSync.Data;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace HubSpotSync.Portal.Setup;

/// <summary>Prints the set-up link once the server listens, as long as there is no owner.</summary>
internal sealed partial class SetupAnnouncement(
    IHostApplicationLifetime lifetime,
    IServer server,
    OwnerPresence owner,
    SetupCode code,
    PublicUrl publicUrl,
    TimeProvider clock,
    ILogger<SetupAnnouncement> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!code.IsAnnounced)
        {
            return;
        }

        await ServerListensAsync(stoppingToken);
        for (var attempt = 0; !stoppingToken.IsCancellationRequested; attempt++)
        {
            try
            {
                if (!await owner.IsThereAsync(stoppingToken))
                {
                    // For the person who starts it, and for programs that wait for it: a line of its own,
                    // no log prefix.
                    Console.WriteLine($"Set-up: {BaseUrl()}/setup?code={code.Value}");
                }

                return;
            }
            catch (Exception error) when (error.IsDatabaseAway())
            {
                Log.DatabaseAway(logger);
                var wait = Backoff.Delay(attempt, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(15), 0);
                await Task.Delay(wait, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task ServerListensAsync(CancellationToken cancellationToken)
    {
        var listens = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var started = lifetime.ApplicationStarted.Register(listens.SetResult);
        await using var stopped = cancellationToken.Register(() => listens.TrySetResult());
        await listens.Task;
    }

    private string BaseUrl()
    {
        if (publicUrl.Configured is { } configured)
        {
            return configured.GetLeftPart(UriPartial.Authority);
        }

        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "http://localhost";
        return address
            .Replace("//[::]", "//localhost", StringComparison.Ordinal)
            .Replace("//0.0.0.0", "//localhost", StringComparison.Ordinal)
            .Replace("//+", "//localhost", StringComparison.Ordinal)
            .Replace("//*", "//localhost", StringComparison.Ordinal)
            .TrimEnd('/');
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "The database does not answer yet; set-up is announced when it does")]
        public static partial void DatabaseAway(ILogger logger);
    }
}
