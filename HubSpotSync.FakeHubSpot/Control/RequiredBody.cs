namespace HubSpotSync.FakeHubSpot.Control;

internal sealed record RequiredBody(IReadOnlyList<string> Properties);
