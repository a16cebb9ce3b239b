using HubSpotSync.Data.Runs;

namespace HubSpotSync.Portal.Words;

/// <summary>What a run did, in one line without zeros.</summary>
internal static class RunSummary
{
    public static string Of(SyncRun run)
    {
        string[] parts =
        [
            .. Part(run.Created, "new here"),
            .. Part(run.Updated, "updated"),
            .. Part(run.Linked, "linked"),
            .. Part(run.Pushed, "created in HubSpot"),
            .. Part(run.Unchanged, "already the same"),
            .. Part(run.Excluded, "not synced"),
            .. Part(run.Failed, "need you"),
        ];
        return parts.Length > 0 ? string.Join(", ", parts)
            : run.IsActive ? "Under way"
            : run.State == RunState.Done ? "Nothing had changed"
            : "Nothing was changed";
    }

    public static bool IsBlank(SyncRun run) => run is
    {
        Created: 0, Updated: 0, Linked: 0, Pushed: 0, Unchanged: 0, Excluded: 0, Failed: 0,
    };

    private static string[] Part(int count, string what) => count == 0 ? [] : [$"{Numbers.Count(count)} {what}"];
}
