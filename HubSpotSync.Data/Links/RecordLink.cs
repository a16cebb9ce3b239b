using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Links;

/// <summary>A local record and a HubSpot record that are the same one.</summary>
public sealed class RecordLink : IWorkspaceOwned
{
    public Guid ConnectionId { get; init; }
    public RecordKind Kind { get; init; }
    public long HubspotId { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid LocalId { get; init; }
    public DateTimeOffset LinkedAt { get; init; }
    public DateTimeOffset SeenAt { get; set; }

    /// <summary>Since when HubSpot has archived or lost its side; <c>null</c> while it is there.</summary>
    public DateTimeOffset? DetachedAt { get; init; }

    /// <summary>Since when a person wants the two out of the sync.</summary>
    public DateTimeOffset? SetApartAt { get; init; }
    public Guid? SetApartBy { get; init; }
}
