namespace HubSpotSync.HubSpotApi.OAuth;

/// <summary>What the token endpoint gave.</summary>
public sealed record OAuthTokens(
    string AccessToken, string RefreshToken, TimeSpan ExpiresIn, IReadOnlyList<string> Scopes)
{
    public sealed override string ToString() => "OAuthTokens { … }"; // never in a log
}
