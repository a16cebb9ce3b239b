using System.Net;

namespace HubSpotSync.HubSpotApi.Errors;

/// <summary>
/// HubSpot said no. The message names the status, HubSpot's category and its correlation id; never the body, which may
/// hold a person's data.
/// </summary>
public class HubSpotException(HttpStatusCode? status, string category, string? correlationId, Exception? cause = null)
    : Exception(
        $"HubSpot answered {(status is null ? "nothing" : (int)status)} {category} "
        + $"(correlation {correlationId ?? "none"})",
        cause)
{
    /// <summary><c>null</c>: no answer came at all.</summary>
    public HttpStatusCode? Status { get; } = status;

    public string Category { get; } = category;

    public string? CorrelationId { get; } = correlationId;

    /// <summary>What exactly was wrong, such as INVALID_EMAIL; <c>null</c> where HubSpot does not say.</summary>
    public string? Code { get; init; }

    /// <summary>The property that it was wrong with.</summary>
    public string? Property { get; init; }
}
