using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.Worker.Tokens;

namespace HubSpotSync.Worker.Syncing;

/// <summary>A bug, or something nobody thought of.</summary>
internal static class OwnErrors
{
    /// <summary>Whether waiting, reconnecting or handing the work over does not end it.</summary>
    public static bool IsOurs(this Exception error) =>
        error is not (OperationCanceledException or FenceLostException or SafetyHaltException
            or HubSpotRateLimitedException or HubSpotUnavailableException)
        && !error.IsDatabaseAway() && ConnectionTrouble.ReasonOf(error) is null;
}
