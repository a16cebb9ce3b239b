using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Errors;

namespace HubSpotSync.Worker.Runs;

/// <summary>
/// What people read while a run stands still or after it failed: cause first, then what happens next.
/// </summary>
internal static class RunWords
{
    public const string HubSpotAwayForADay =
        "HubSpot did not answer for a day. Start the sync again when it is back.";

    public const string WaitsForReconnection = "Waiting for somebody to reconnect HubSpot. Nothing is lost.";

    public const string RedisAway =
        "Redis is away, so we use a quarter of HubSpot's limit; nothing is lost.";

    public const string TriesAgain = "The sync met an error of ours and tries again.";

    public const string TakesLong = "HubSpot takes long to answer. We try again by ourselves; nothing is lost.";

    public static string Halted(string what) =>
        $"Stopped before anything was written: {what}. If that is meant, say so on the HubSpot page.";

    public static string ErrorOfOurs(Exception error) =>
        $"The sync stopped at an error of ours ({error.GetType().Name}). The worker's log has the details.";

    public static string LimitUsedUp(string policy) => policy == "DAILY"
        ? "HubSpot's daily limit is used up, by us and by other programs of this account. "
            + "We go on by ourselves when there is some again; nothing is lost."
        : "HubSpot's request limit is used up. We go on by ourselves; nothing is lost.";

    /// <summary>Why a run is put off, and what happens next.</summary>
    public static string Away(HubSpotUnavailableException away) =>
        Cause(away.Reason) + (away.Status is { } status ? $" ({(int)status})" : "")
        + ". We try again by ourselves; nothing is lost.";

    /// <returns><c>null</c> when the wait is over.</returns>
    public static string? Waiting(WaitReason? reason) => reason switch
    {
        null => null,
        WaitReason.Budget => "Waiting for HubSpot's limit",
        WaitReason.BudgetWithoutRedis => RedisAway,
        WaitReason.HubSpotLimit => "HubSpot asked us to slow down; nothing is lost",
        var other => $"{Cause(other.Value)}; we try again by ourselves, and nothing is lost",
    };

    private static string Cause(WaitReason reason) => reason switch
    {
        WaitReason.HubSpotSlow => "HubSpot takes long to answer",
        WaitReason.HubSpotBroken => "HubSpot has trouble of its own and answers with an error",
        WaitReason.AnswerCutOff => "HubSpot's answer was cut off on its way",
        WaitReason.AccountLocked => "HubSpot has locked this account for a moment, because something is changed there",
        WaitReason.AccountMoving =>
            "HubSpot is moving this account to another data centre, and has told us when to come back",
        _ => "HubSpot does not answer right now",
    };
}
