namespace HubSpotSync.Portal.Rules;

internal static class WorkspaceZone
{
    /// <summary>UTC where this machine does not know the zone.</summary>
    public static TimeZoneInfo Of(string id) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
}
