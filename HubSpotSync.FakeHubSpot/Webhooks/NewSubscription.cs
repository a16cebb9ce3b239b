using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>A subscription as it is asked for; one that could never be is refused when it is read.</summary>
internal sealed record NewSubscription(string EventType, string? PropertyName, string? ObjectTypeId, bool Active)
{
    public static NewSubscription Read(JsonElement body, bool activeUnasked)
    {
        var eventType = body.Text("eventType") ?? body.Text("subscriptionType")
            ?? throw Refuse.Validation("Invalid input JSON: eventType is missing.");
        if (!WebhookEventTypes.IsKnown(eventType))
        {
            throw Refuse.Validation($"Invalid input JSON: {eventType} is not an event type.");
        }

        var subscription = new NewSubscription(
            eventType,
            body.Text("propertyName"),
            body.Text("objectTypeId") ?? body.Text("objectType"),
            body.Text("active") is { } active ? active == "true" : activeUnasked);
        return subscription.Problem() is { } problem ? throw Refuse.Validation(problem) : subscription;
    }

    public bool IsSameAs(WebhookSubscription other) =>
        (EventType, PropertyName, ObjectTypeId) == (other.EventType, other.PropertyName, other.ObjectTypeId);

    private string? Problem()
    {
        var isPropertyChange = EventType.EndsWith($".{WebhookEventTypes.PropertyChange}", StringComparison.Ordinal);
        return this switch
        {
            { PropertyName: null } when isPropertyChange => $"propertyName is required for {EventType}.",
            { PropertyName: not null } when !isPropertyChange => $"propertyName does not belong to {EventType}.",
            { PropertyName: { } name } when WebhookEventTypes.NeverTold.Contains(name) =>
                $"Changes of {name} cannot be subscribed to.",
            { ObjectTypeId: null } when EventType.StartsWith("object.", StringComparison.Ordinal) =>
                $"objectTypeId is required for {EventType}.",
            _ => null,
        };
    }
}
