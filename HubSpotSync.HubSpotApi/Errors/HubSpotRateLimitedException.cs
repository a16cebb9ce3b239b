using System.Net;

namespace HubSpotSync.HubSpotApi.Errors;

/// <summary>HubSpot's limit was reached and the wait is too long to sit out.</summary>
public sealed class HubSpotRateLimitedException(string policy, TimeSpan retryAfter, string? correlationId)
    : HubSpotException(HttpStatusCode.TooManyRequests, policy, correlationId)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}
