namespace HubSpotSync.FakeHubSpot.Control;

internal sealed record ScopesBody(IReadOnlyList<string>? Remove);
