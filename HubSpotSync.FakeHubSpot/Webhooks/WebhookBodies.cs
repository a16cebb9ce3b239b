using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>The management API's answers.</summary>
internal static class WebhookBodies
{
    /// <summary>2026-09 no longer knows the period.</summary>
    public static object Settings(WebhookTarget target, bool withPeriod) => new
    {
        createdAt = WireTime.Format(target.CreatedAt),
        targetUrl = target.TargetUrl,
        throttling = new
        {
            maxConcurrentRequests = target.MaxConcurrentRequests,
            period = withPeriod ? target.Period : null,
        },
        updatedAt = Time(target.UpdatedAt),
    };

    public static object Subscription(WebhookSubscription subscription) => new
    {
        active = subscription.Active,
        createdAt = WireTime.Format(subscription.CreatedAt),
        eventType = subscription.EventType,
        id = $"{subscription.Id}",
        objectTypeId = subscription.ObjectTypeId,
        propertyName = subscription.PropertyName,
        updatedAt = Time(subscription.UpdatedAt),
    };

    public static ErrorBody NotFound(int id) =>
        new(
            $"Failed to find subscriptions by id `{id}`. Try again using a different subscriptionId.",
            "SUBSCRIPTION_ID_NOT_FOUND")
        {
            SubCategory = "SubscriptionErrors.SUBSCRIPTION_IDS_NOT_FOUND",
            Context = Refuse.Context("subscriptionIds", $"{id}"),
            Errors = [],
            Links = new Dictionary<string, string>(),
        };

    private static string? Time(DateTimeOffset? moment) => moment is { } known ? WireTime.Format(known) : null;
}
