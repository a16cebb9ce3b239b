namespace HubSpotSync.FakeHubSpot.OAuth;

internal sealed record CodeGrant(
    int PortalId, string ClientId, string RedirectUri, IReadOnlySet<string> Scopes, DateTimeOffset ExpiresAt);
