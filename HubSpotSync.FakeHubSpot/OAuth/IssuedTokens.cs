namespace HubSpotSync.FakeHubSpot.OAuth;

public sealed record IssuedTokens(string AccessToken, int ExpiresIn, Installation Installation);
