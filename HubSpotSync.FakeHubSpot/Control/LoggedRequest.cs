namespace HubSpotSync.FakeHubSpot.Control;

/// <param name="Status">0 where the connection was dropped instead of answered.</param>
/// <param name="PortalId">Null where the call did not get as far as naming an account.</param>
/// <param name="CountsAs">The limit the call is held to; null for those held to none.</param>
/// <param name="RefusedBy">The limit or fault that answered 429.</param>
public sealed record LoggedRequest(
    DateTimeOffset At,
    string Method,
    string Route,
    int Status,
    bool IsUnknown,
    int? PortalId,
    string? CountsAs,
    string? RefusedBy,
    double Milliseconds);
