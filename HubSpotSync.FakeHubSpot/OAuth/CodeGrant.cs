namespace HubSpotSync.FakeHubSpot.OAuth;

internal sealed record CodeGrant(int PortalId, AuthorizeRequest Request, DateTimeOffset ExpiresAt);
