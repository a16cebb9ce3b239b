namespace HubSpotSync.Data.Bulk;

/// <summary>
/// The requests a page answers. One whose record was changed since it was claimed stays, and is due again at once.
/// </summary>
public sealed record RequestCommit(string LeaseOwner, long Epoch, IReadOnlyList<RequestVersion> Requests)
    : PageCommit(Epoch);
