namespace HubSpotSync.FakeHubSpot.Control;

/// <param name="Status">0 where the connection was dropped instead of answered.</param>
public sealed record LoggedRequest(DateTimeOffset At, string Method, string Route, int Status, bool IsUnknown);
