namespace HubSpotSync.FakeHubSpot.OAuth;

internal sealed record AccessGrant(Installation Installation, DateTimeOffset ExpiresAt);
