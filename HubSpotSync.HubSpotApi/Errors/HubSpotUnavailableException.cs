using System.Net;

namespace HubSpotSync.HubSpotApi.Errors;

/// <summary>No answer, or one that says "later": 423, 477, 5xx. A write may or may not have been done.</summary>
public sealed class HubSpotUnavailableException(
    HttpStatusCode? status,
    string category,
    string? correlationId,
    TimeSpan? retryAfter = null,
    Exception? cause = null)
    : HubSpotException(status, category, correlationId, cause)
{
    public TimeSpan? RetryAfter { get; } = retryAfter;

    /// <summary>The same as people are told it.</summary>
    public WaitReason Reason => Status switch
    {
        null => WaitReason.HubSpotAway,
        HttpStatusCode.Locked => WaitReason.AccountLocked,
        (HttpStatusCode)477 => WaitReason.AccountMoving,
        < HttpStatusCode.BadRequest => WaitReason.AnswerCutOff,
        _ => WaitReason.HubSpotBroken,
    };
}
