namespace HubSpotSync.Data.Bulk;

/// <summary>Whose work a page is, under which fencing number, and what its commit moves on.</summary>
/// <param name="Epoch">The fencing number of the connection when the work was claimed.</param>
public abstract record PageCommit(long Epoch)
{
    /// <summary>The run the page belongs to, for the journal; none for a push.</summary>
    public virtual Guid? Run => null;

    /// <summary>
    /// What earlier looks at this page wrote to HubSpot before they were taken back here. HubSpot keeps it, so it
    /// belongs in the journal.
    /// </summary>
    public IReadOnlyList<PageRow> WrittenBefore { get; init; } = [];
}
