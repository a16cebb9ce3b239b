using System.Net;

namespace HubSpotSync.HubSpotApi.Errors;

/// <summary>HubSpot no longer accepts the connection, or it lacks a scope. Only a person can help: reconnect.</summary>
public sealed class HubSpotAuthorizationException(
    HttpStatusCode? status, string category, string? correlationId, IReadOnlyList<string> missingScopes)
    : HubSpotException(status, category, correlationId)
{
    public IReadOnlyList<string> MissingScopes { get; } = missingScopes;
}
