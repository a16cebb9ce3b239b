namespace HubSpotSync.Data.Bulk;

/// <summary>Whose work a page is, under which fencing number, and what its commit moves on.</summary>
/// <param name="Epoch">The fencing number of the connection when the work was claimed.</param>
public abstract record PageCommit(long Epoch)
{
    /// <summary>The run the page belongs to, for the journal; none for a push.</summary>
    public virtual Guid? Run => null;
}
