namespace HubSpotSync.FakeHubSpot.Control;

internal sealed record UnreachableBody(bool On);
