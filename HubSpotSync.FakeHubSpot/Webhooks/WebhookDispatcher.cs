using System.Diagnostics;
using HubSpotSync.FakeHubSpot.OAuth;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>
/// Sends what is due. It looks every few milliseconds while anything waits, since the fake's clock can be moved at
/// any time; otherwise it sleeps until there is something new.
/// </summary>
internal sealed partial class WebhookDispatcher(
    WebhookOutbox outbox,
    WebhookSubscriptions subscriptions,
    WebhookSender sender,
    Installations installations,
    DeliverySettings settings,
    FakeClock clock,
    ILogger<WebhookDispatcher> log) : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    // Only the loop touches the list.
    private readonly List<Task> _calls = [];

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                StartDueGuarded(stoppingToken);
                await outbox.WaitAsync(outbox.IsEmpty ? Timeout.InfiniteTimeSpan : Tick, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await Task.WhenAll(_calls);
        }
    }

    private void StartDueGuarded(CancellationToken stopping)
    {
        try
        {
            StartDue(stopping);
        }
        catch (Exception error)
        {
            // The loop outlives whatever happens in one round: tests would otherwise hang without a word.
            Log.RoundFailed(log, error);
        }
    }

    private void StartDue(CancellationToken stopping)
    {
        _calls.RemoveAll(call => call.IsCompleted);
        if (settings.Paused || subscriptions.Target is not { } target)
        {
            return;
        }

        foreach (var queue in outbox.Queues)
        {
            if (!installations.IsInstalled(queue.PortalId))
            {
                queue.DiscardAll();
            }

            while (queue.TryTake(clock.Now, target.MaxConcurrentRequests) is { } delivery)
            {
                _calls.Add(SendAsync(queue, target, delivery, stopping));
            }
        }
    }

    private async Task SendAsync(
        AccountQueue queue, WebhookTarget target, Delivery delivery, CancellationToken stopping)
    {
        var started = Stopwatch.GetTimestamp();
        var status = 0;
        try
        {
            status = await sender.SendAsync(target, delivery, stopping);
        }
        catch (Exception error) when (!stopping.IsCancellationRequested)
        {
            // No call may take the others down; it counts as failed and is tried again.
            Log.CallFailed(log, queue.PortalId, error);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        queue.Complete(delivery, status, Stopwatch.GetElapsedTime(started), clock.Now);
        outbox.Wake();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A round of webhook deliveries failed")]
        public static partial void RoundFailed(ILogger logger, Exception error);

        [LoggerMessage(Level = LogLevel.Error, Message = "A webhook call for account {PortalId} failed")]
        public static partial void CallFailed(ILogger logger, int portalId, Exception error);
    }
}
