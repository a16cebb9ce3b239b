using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Progress;

/// <summary>What a run did, as numbers to show.</summary>
internal sealed record RunCounts(
    string Created, string Updated, string Linked, string Unchanged, string Excluded, string Failed, string Pushed)
{
    public static RunCounts Of(SyncRun run) => new(
        Numbers.Count(run.Created),
        Numbers.Count(run.Updated),
        Numbers.Count(run.Linked),
        Numbers.Count(run.Unchanged),
        Numbers.Count(run.Excluded),
        Numbers.Count(run.Failed),
        Numbers.Count(run.Pushed));

    /// <summary>Key (as the stream names it), label and value, in the order they are shown.</summary>
    public IEnumerable<(string Key, string Label, string Value)> List()
    {
        yield return ("created", "New here", Created);
        yield return ("updated", "Updated", Updated);
        yield return ("linked", "Linked", Linked);
        yield return ("unchanged", "Already the same", Unchanged);
        yield return ("pushed", "Created in HubSpot", Pushed);
        yield return ("excluded", "Not synced", Excluded);
        yield return ("failed", "Need you", Failed);
    }
}
