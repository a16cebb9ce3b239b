using HubSpotSync.Data.Runs;

namespace HubSpotSync.Data.Bulk;

/// <summary>
/// The run that a page belongs to, who works on it with which fencing number, and how far it is after it.
/// </summary>
/// <param name="Cursor">Where the step goes on.</param>
public sealed record PageProgress(
    Guid RunId, string LeaseOwner, long Epoch, TimeSpan Lease, RunStep Step, string? Cursor, bool IsStepDone)
    : PageCommit(Epoch)
{
    public override Guid? Run => RunId;

    /// <summary>
    /// The run has met errors of ours again and again where it stands: it leaves the page out rather than stop at it.
    /// </summary>
    public bool MaySetAside { get; init; }
}
