using System.Text.Json.Serialization;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>An app's own token comes without account, user and refresh token.</summary>
internal sealed record TokenAnswer(
    [property: JsonPropertyName("token_type")] string TokenType,
    [property: JsonPropertyName("access_token")] string AccessToken,
    [property: JsonPropertyName("refresh_token")] string? RefreshToken,
    [property: JsonPropertyName("expires_in")] int ExpiresIn,
    [property: JsonPropertyName("hub_id")] int? HubId,
    [property: JsonPropertyName("user_id")] int? UserId,
    [property: JsonPropertyName("scopes")] IReadOnlyCollection<string> Scopes,
    [property: JsonPropertyName("token_use")] string TokenUse)
{
    public static TokenAnswer From(IssuedTokens tokens) => tokens.Installation.PortalId == Installation.NoAccount
        ? new(
            "bearer", tokens.AccessToken, null, tokens.ExpiresIn, null, null, tokens.Installation.Scopes,
            "client_credentials")
        : new(
            "bearer", tokens.AccessToken, tokens.Installation.RefreshToken, tokens.ExpiresIn,
            tokens.Installation.PortalId, FakeAccount.AdminUserId, tokens.Installation.Scopes, "access_token");
}
