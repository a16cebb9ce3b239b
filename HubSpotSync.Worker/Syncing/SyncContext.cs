using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// What stays the same for all pages of a job: whose records, under which policy, over which session.
/// </summary>
/// <param name="Epoch">The fencing number of the connection when the work was claimed.</param>
internal sealed record SyncContext(Guid ConnectionId, long Epoch, SyncPolicy Policy, HubSpotSession Session)
{
    /// <summary>When every record was last looked at.</summary>
    public DateTimeOffset? SweptAt { get; init; }

    public RecordTable TableOf(RecordKind kind) => RecordTable.Of(Policy.MapOf(kind));
}
