using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Journal;

/// <summary>A field that both sides had changed: both values, when each was edited, the rule and who won.</summary>
public sealed class FieldConflictEntry : IWorkspaceOwned
{
    public long Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid ConnectionId { get; init; }
    public Guid? RunId { get; init; }
    public RecordKind Kind { get; init; }
    public Guid LocalId { get; init; }
    public long HubspotId { get; init; }
    public required string Field { get; init; }
    public string? LocalValue { get; init; }
    public string? HubspotValue { get; init; }
    public DateTimeOffset? LocalEditedAt { get; init; }
    public DateTimeOffset? HubspotEditedAt { get; init; }
    public required string Rule { get; init; }
    public required string Winner { get; init; }
    public DateTimeOffset At { get; init; }
}
