using System.Text.Json.Serialization;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>
/// What the old token addresses tell: of an access token its app and end, of a refresh token its client.
/// </summary>
internal sealed record TokenInfo(
    [property: JsonPropertyName("token")] string Token,
    [property: JsonPropertyName("user")] string User,
    [property: JsonPropertyName("hub_domain")] string HubDomain,
    [property: JsonPropertyName("scopes")] IReadOnlyCollection<string> Scopes,
    [property: JsonPropertyName("hub_id")] int HubId,
    [property: JsonPropertyName("user_id")] int UserId,
    [property: JsonPropertyName("token_type")] string TokenType)
{
    [JsonPropertyName("app_id")] public int? AppId { get; init; }
    [JsonPropertyName("expires_in")] public int? ExpiresIn { get; init; }
    [JsonPropertyName("client_id")] public string? ClientId { get; init; }

    public static TokenInfo OfAccess(string token, AccessGrant access, DateTimeOffset now) =>
        Of(token, "access", access.Installation) with
        {
            AppId = access.Installation.AppId,
            ExpiresIn = access.SecondsLeft(now),
        };

    public static TokenInfo OfRefresh(string token, Installation installation) =>
        Of(token, "refresh", installation) with { ClientId = installation.ClientId };

    private static TokenInfo Of(string token, string type, Installation installation) => new(
        token, FakeAccount.AdminEmail, FakeAccount.Domain, installation.Scopes, installation.PortalId,
        FakeAccount.AdminUserId, type);
}
