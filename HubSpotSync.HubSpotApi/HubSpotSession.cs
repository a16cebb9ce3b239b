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

    /// <summary>Told of what an answer says of the account's limit a day, where it says anything.</summary>
    public Action<DayUse>? OnDay { get; init; }

    /// <summary>How many requests were sent.</summary>
    public int Requests => Volatile.Read(ref _requests);

    internal void Answered(int? status)
    {
        Interlocked.Increment(ref _requests);
        OnAnswer?.Invoke(status);
    }

    /// <summary>HubSpot's own time of its latest answer, to the second; <c>null</c> before the first one.</summary>
    public DateTimeOffset? HubSpotTime { get; internal set; }

    /// <summary>
    /// Requests in ten seconds that this way in has, where it is not the usual one of an OAuth app. HubSpot's answers
    /// correct it; this is for the first requests of a process.
    /// </summary>
    public int? BurstLimit { get; init; }

    internal RateLimit Of(RateLimit usual) => usual.Name == RateLimit.Burst.Name && BurstLimit is > 0 and var requests
        ? usual with { Requests = requests }
        : usual;
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

    /// <summary>No answer comes.</summary>
    HubSpotAway,

    /// <summary>An answer is long in coming.</summary>
    HubSpotSlow,

    /// <summary>HubSpot answers with an error of its own: 5xx, or the page of a gateway.</summary>
    HubSpotBroken,

    /// <summary>What came was cut off or could not be read.</summary>
    AnswerCutOff,

    /// <summary>423: HubSpot is busy with something in the account, for seconds.</summary>
    AccountLocked,

    /// <summary>477: HubSpot moves the account to another data centre, for hours.</summary>
    AccountMoving,
}
