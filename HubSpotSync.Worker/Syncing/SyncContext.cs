using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// What stays the same for all pages of a job: whose records, under which policy, over which session.
/// </summary>
internal sealed record SyncContext(Guid ConnectionId, SyncPolicy Policy, HubSpotSession Session)
{
    public RecordTable TableOf(RecordKind kind) => RecordTable.Of(Policy.MapOf(kind));
}
