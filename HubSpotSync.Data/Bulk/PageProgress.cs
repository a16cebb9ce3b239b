using HubSpotSync.Data.Runs;

namespace HubSpotSync.Data.Bulk;

/// <summary>
/// The run that a page belongs to, who works on it with which fencing number, and how far it is after it.
/// </summary>
/// <param name="Cursor">Where the step goes on.</param>
public sealed record PageProgress(
    Guid RunId, string LeaseOwner, long Epoch, TimeSpan Lease, RunStep Step, string? Cursor, bool IsStepDone)
{
    /// <summary>
    /// What earlier looks at this page wrote to HubSpot before they were taken back here. HubSpot keeps it, so it
    /// belongs in the journal.
    /// </summary>
    public IReadOnlyList<PageRow> WrittenBefore { get; init; } = [];
}
