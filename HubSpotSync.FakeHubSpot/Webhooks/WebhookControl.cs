using System.Globalization;
using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>Steering deliveries from a test, and what a project app's deploy does: all settings in one go.</summary>
internal static class WebhookControl
{
    private const int RecentShown = 50;
    private static readonly TimeSpan FlushLimit = TimeSpan.FromSeconds(30);

    public static void MapWebhookControl(this RouteGroupBuilder control)
    {
        control.MapGet("/webhooks", Show);
        control.MapPut("/webhooks", DeployAsync);
        control.MapDelete("/webhooks", Remove);
        control.MapPut("/webhooks/settings", ChangeSettings);
        control.MapPost("/webhooks/flush", FlushAsync);
    }

    private static IResult Show(WebhookSubscriptions all, WebhookOutbox outbox, DeliverySettings settings)
    {
        var queues = outbox.Queues;
        var counts = queues.Select(queue => queue.Counts).ToList();
        return FakeJson.Ok(new
        {
            target = all.Target is { } target ? WebhookBodies.Settings(target, withPeriod: true) : null,
            settings = DeliverySettingsBody.Of(settings),
            subscriptions = all.All.Select(WebhookBodies.Subscription),
            pending = counts.Sum(count => count.Pending),
            waitingForRetry = counts.Sum(count => count.WaitingForRetry),
            inFlight = counts.Sum(count => count.CallsInFlight),
            mostInFlight = counts.Count == 0 ? 0 : counts.Max(count => count.MostCallsInFlight),
            delivered = counts.Sum(count => count.Delivered),
            failedAttempts = counts.Sum(count => count.FailedCalls),
            givenUp = counts.Sum(count => count.GivenUp),
            dropped = counts.Sum(count => count.Dropped),
            duplicated = counts.Sum(count => count.Duplicated),
            discarded = counts.Sum(count => count.Discarded),
            accounts = counts,
            recent = queues.SelectMany(queue => queue.Recent)
                .OrderByDescending(call => call.At, StringComparer.Ordinal)
                .Take(RecentShown),
        });
    }

    private static async Task<IResult> DeployAsync(HttpRequest request, WebhookSubscriptions all)
    {
        var body = (await JsonBody.ReadAsync(request)).Root;
        var wanted = body.Child("subscriptions") is null
            ? UsualSubscriptions.All
            : [.. body.Items("subscriptions").Select(item => NewSubscription.Read(item, activeUnasked: true))];
        if (wanted.Count > WebhookSubscriptions.Most)
        {
            throw Refuse.Validation($"An app can have at most {WebhookSubscriptions.Most} subscriptions.");
        }

        var most = body.Text("maxConcurrentRequests")
            ?? WebhookTarget.UsualConcurrentRequests.ToString(CultureInfo.InvariantCulture);
        WebhookManagement.Point(
            all,
            body.Text("targetUrl"),
            JsonSerializer.SerializeToElement(new { maxConcurrentRequests = most }));
        all.Replace(wanted);
        return FakeJson.Ok(new { subscriptions = all.All.Select(WebhookBodies.Subscription) });
    }

    private static IResult Remove(WebhookSubscriptions all)
    {
        all.RemoveTarget();
        all.Replace([]);
        return FakeJson.NoContent;
    }

    private static IResult ChangeSettings(DeliverySettingsBody body, DeliverySettings settings, WebhookOutbox outbox)
    {
        if (body.Problem() is { } problem)
        {
            throw Refuse.Validation(problem);
        }

        body.ApplyTo(settings);
        outbox.Wake();
        return FakeJson.Ok(DeliverySettingsBody.Of(settings));
    }

    /// <summary>Retries that lie ahead on the fake's clock are not waited for; a pause is not ended.</summary>
    private static async Task<IResult> FlushAsync(
        HttpContext http, WebhookOutbox outbox, DeliverySettings settings, FakeClock clock)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted);
        limit.CancelAfter(FlushLimit);
        while (!settings.Paused && HasDue() && !limit.IsCancellationRequested)
        {
            await Task.Delay(5, CancellationToken.None);
        }

        return FakeJson.Ok(new { done = !HasDue() });

        bool HasDue() => outbox.Queues.Any(queue => queue.HasDue(clock.Now));
    }
}
