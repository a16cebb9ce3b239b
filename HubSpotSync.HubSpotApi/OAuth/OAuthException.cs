using System.Net;

namespace HubSpotSync.HubSpotApi.OAuth;

/// <summary>
/// The token endpoint refused. <see cref="Reason"/> is HubSpot's own word, such as BAD_CLIENT_SECRET.
/// </summary>
public sealed class OAuthException(HttpStatusCode status, string reason)
    : Exception($"HubSpot's token endpoint answered {(int)status} {reason}")
{
    public HttpStatusCode Status { get; } = status;

    public string Reason { get; } = reason;

    /// <summary>The refresh token is revoked, or the app was uninstalled.</summary>
    public bool IsRevoked => Reason is "BAD_REFRESH_TOKEN" or "invalid_grant";
}
