namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>The events of one account that go out in one call, and how often that was tried before.</summary>
internal sealed record Delivery(IReadOnlyList<WebhookEvent> Events, int Attempt);
