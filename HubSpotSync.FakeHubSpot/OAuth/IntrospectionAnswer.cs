using System.Text.Json.Serialization;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.OAuth;

internal sealed record IntrospectionAnswer([property: JsonPropertyName("active")] bool Active)
{
    [JsonPropertyName("token")] public string? Token { get; init; }
    [JsonPropertyName("token_type")] public string? TokenType { get; init; }
    [JsonPropertyName("token_use")] public string? TokenUse { get; init; }
    [JsonPropertyName("hub_id")] public int? HubId { get; init; }
    [JsonPropertyName("user_id")] public int? UserId { get; init; }
    [JsonPropertyName("user")] public string? User { get; init; }
    [JsonPropertyName("hub_domain")] public string? HubDomain { get; init; }
    [JsonPropertyName("app_id")] public int? AppId { get; init; }
    [JsonPropertyName("client_id")] public string? ClientId { get; init; }
    [JsonPropertyName("scopes")] public IReadOnlyCollection<string>? Scopes { get; init; }
    [JsonPropertyName("expires_in")] public int? ExpiresIn { get; init; }
    [JsonPropertyName("is_private_distribution")] public bool? IsPrivateDistribution { get; init; }

    [JsonPropertyName("signed_access_token")] public SignedToken? SignedAccessToken { get; init; }

    public static readonly IntrospectionAnswer Inactive = new(false);

    public static IntrospectionAnswer OfRefresh(string token, Installation installation) =>
        Of(token, "refresh_token", installation);

    public static IntrospectionAnswer OfAccess(string token, AccessGrant access, DateTimeOffset now) =>
        Of(token, "access_token", access.Installation) with
        {
            ExpiresIn = access.SecondsLeft(now),
            SignedAccessToken = SignedToken.Of(access),
        };

    private static IntrospectionAnswer Of(string token, string use, Installation installation) => new(true)
    {
        Token = token,
        TokenType = "bearer",
        TokenUse = use,
        HubId = installation.PortalId,
        UserId = FakeAccount.AdminUserId,
        User = FakeAccount.AdminEmail,
        HubDomain = FakeAccount.Domain,
        AppId = installation.AppId,
        ClientId = installation.ClientId,
        Scopes = installation.Scopes,
        IsPrivateDistribution = false,
    };
}
