namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <param name="Since">A stamp of the real stopwatch.</param>
internal readonly record struct WaitingEvent(WebhookEvent Event, long Since);
