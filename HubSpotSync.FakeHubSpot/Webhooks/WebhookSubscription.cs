namespace HubSpotSync.FakeHubSpot.Webhooks;

internal sealed record WebhookSubscription(
    int Id, string EventType, string? PropertyName, string? ObjectTypeId, bool Active, DateTimeOffset CreatedAt)
{
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>The part before the dot: contact, company, deal, or object for the generic form.</summary>
    public string Subject => EventType[..EventType.IndexOf('.', StringComparison.Ordinal)];

    public string Happening => EventType[(EventType.IndexOf('.', StringComparison.Ordinal) + 1)..];

    public bool IsGeneric => Subject == WebhookEventTypes.Generic;
}
