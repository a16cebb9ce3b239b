using HubSpotSync.HubSpotApi;

namespace HubSpotSync.Worker.Runs;

/// <summary>
/// What people read while a run stands still or after it failed: cause first, then what happens next.
/// </summary>
internal static class RunWords
{
    public const string HubSpotAway =
        "HubSpot does not answer right now. We try again by ourselves; nothing is lost.";

    public const string HubSpotAwayForADay =
        "HubSpot did not answer for a day. Start the sync again when it is back.";

    public const string WaitsForReconnection = "Waiting for somebody to reconnect HubSpot. Nothing is lost.";

    public const string RedisAway =
        "Redis is away, so we use a quarter of HubSpot's limit; nothing is lost.";

    public const string TriesAgain = "The sync met an error of ours and tries again.";

    public static string Halted(string what) =>
        $"Stopped before anything was written: {what}. If that is meant, say so on the HubSpot page.";

    public static string ErrorOfOurs(Exception error) =>
        $"The sync stopped at an error of ours ({error.GetType().Name}). The worker's log has the details.";

    public static string LimitUsedUp(string policy) =>
        $"HubSpot's {(policy == "DAILY" ? "daily" : "request")} limit is used up. "
        + "We go on by ourselves; nothing is lost.";

    /// <returns><c>null</c> when the wait is over.</returns>
    public static string? Waiting(WaitReason? reason) => reason switch
    {
        WaitReason.Budget => "Waiting for HubSpot's limit",
        WaitReason.BudgetWithoutRedis => RedisAway,
        WaitReason.HubSpotLimit => "HubSpot asked us to slow down; nothing is lost",
        WaitReason.HubSpotAway => "HubSpot does not answer; trying again",
        _ => null,
    };
}
