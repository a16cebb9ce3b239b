using HubSpotSync.Data;
using HubSpotSync.Portal.Loops;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>Makes deliveries, whoever caused them; never more at a time than it is allowed.</summary>
internal sealed partial class WebhookLoop(
    IServiceScopeFactory scopes,
    LoopSignal<WebhookLoop> signal,
    IOptions<WebhookOptions> options,
    TimeProvider clock,
    ILogger<WebhookLoop> logger) : BackgroundService
{
    private readonly string _owner = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var underWay = new List<Task>();
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                underWay.RemoveAll(one => one.IsCompleted);
                var claimed = await ClaimAsync(options.Value.AtATime - underWay.Count, stoppingToken);
                underWay.AddRange(claimed.Select(one => SendAsync(one, stoppingToken)));
                if (claimed.Count == 0)
                {
                    await signal.WaitAsync(options.Value.Interval, clock, stoppingToken);
                }
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }

        await Task.WhenAll(underWay);
    }

    private async Task<IReadOnlyList<ClaimedDelivery>> ClaimAsync(int most, CancellationToken cancellationToken)
    {
        if (most <= 0)
        {
            return []; // whichever ends rings
        }

        try
        {
            await using var scope = scopes.CreateAsyncScope();
            return await scope.ServiceProvider.GetRequiredService<WebhookSender>()
                .ClaimAsync(_owner, most, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            Log.Failed(logger, error.IsDatabaseAway() ? "the database is away" : error.GetType().Name);
            return [];
        }
    }

    private async Task SendAsync(ClaimedDelivery claimed, CancellationToken cancellationToken)
    {
        try
        {
            // A scope of its own: a context works for one workspace.
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CrmDbContext>().EnterWorkspace(claimed.WorkspaceId, "webhooks");
            await scope.ServiceProvider.GetRequiredService<WebhookSender>()
                .SendAsync(claimed.DeliveryId, _owner, cancellationToken);
            signal.Ring(); // there is room again
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The lease ends by itself, and it is tried again.
        }
        catch (Exception error)
        {
            // Likewise; one bad delivery must not hold up the others.
            Log.Failed(logger, error.IsDatabaseAway() ? "the database is away" : error.GetType().Name);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Telling programs went wrong ({Error}); trying again soon")]
        public static partial void Failed(ILogger logger, string error);
    }
}
