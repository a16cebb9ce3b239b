namespace HubSpotSync.FakeHubSpot.Control;

public sealed record RequestCount(string Method, string Route, int Status, int Count);
