using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Worker.Syncing;

namespace HubSpotSync.Worker.Requests;

/// <summary>A request that is ours until its lease ends.</summary>
internal sealed record ClaimedRequest(
    [property: Column("workspace_id")] Guid WorkspaceId,
    [property: Column("connection_id")] Guid ConnectionId,
    [property: Column("epoch")] long Epoch,
    [property: Column("kind")] string Kind,
    [property: Column("local_id")] Guid? LocalId,
    [property: Column("hubspot_id")] long? HubSpotId,
    [property: Column("from_hubspot")] bool FromHubSpot,
    [property: Column("is_erasure")] bool IsErasure,
    [property: Column("is_asked")] bool IsAsked,
    [property: Column("version")] long Version,
    [property: Column("attempts")] int Attempts,
    [property: Column("errors")] int Errors,
    [property: Column("owner")] string Owner,
    [property: Column("claimed_at")] DateTimeOffset ClaimedAt)
{
    public RecordKey Key => new(HubSpotId, LocalId);

    public RequestedRecord ToRecord() => new(Key, LocalId, FromHubSpot, IsErasure);

    public RequestVersion ToVersion() => new(Key, Version);
}
