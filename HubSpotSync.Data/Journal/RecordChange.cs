using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Journal;

/// <summary>A write of the engine: before, after and cause. Written once, never changed.</summary>
public sealed class RecordChange : IWorkspaceOwned
{
    public long Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid ConnectionId { get; init; }
    public Guid? RunId { get; init; }
    public RecordKind Kind { get; init; }
    public Guid? LocalId { get; init; }
    public long? HubspotId { get; init; }

    /// <summary><c>Local</c> or <c>HubSpot</c>: where it was written.</summary>
    public required string Side { get; init; }

    /// <summary><c>Create</c>, <c>Update</c> or <c>Link</c>.</summary>
    public required string Action { get; init; }

    /// <summary>JSON: field → [before, after].</summary>
    public required string Fields { get; init; }
    public required string Cause { get; init; }
    public DateTimeOffset At { get; init; }
}
