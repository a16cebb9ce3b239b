using HubSpotSync.HubSpotApi.Limits;

namespace HubSpotSync.HubSpotApi;

/// <summary>Whose account is called, with which tokens, in which lane, and who wants to hear of waits.</summary>
/// <param name="OnWait">
/// Told before each wait of a second or more: why, and how long. <c>null</c> why: it is over.
/// </param>
public sealed record HubSpotSession(
    long HubId, IAccessTokens Tokens, BudgetLane Lane, Func<WaitReason?, TimeSpan, Task>? OnWait = null)
{
    private int _requests;

    /// <summary>Told of each answer by its status; <c>null</c>: there was none.</summary>
    public Action<int?>? OnAnswer { get; init; }

    /// <summary>How many requests were sent.</summary>
    public int Requests => Volatile.Read(ref _requests);

    internal void Answered(int? status)
    {
        Interlocked.Increment(ref _requests);
        OnAnswer?.Invoke(status);
    }

    /// <summary>HubSpot's own time of its latest answer, to the second; <c>null</c> before the first one.</summary>
    public DateTimeOffset? HubSpotTime { get; internal set; }
}

/// <summary>Why a call stands still.</summary>
public enum WaitReason
{
    /// <summary>Our own budget for the account is used up for the moment.</summary>
    Budget,

    /// <summary>The same, and it is smaller than usual, because Redis, which shares it out, is away.</summary>
    BudgetWithoutRedis,

    /// <summary>HubSpot asked us to slow down.</summary>
    HubSpotLimit,

    /// <summary>HubSpot does not answer, or says "later".</summary>
    HubSpotAway,
}
