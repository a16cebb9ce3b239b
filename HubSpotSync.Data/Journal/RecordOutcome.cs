using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Data.Journal;

/// <summary>What the last look at a record ended in, and why.</summary>
public sealed class RecordOutcome : IWorkspaceOwned
{
    public Guid ConnectionId { get; init; }
    public RecordKind Kind { get; init; }
    public required string RecordKey { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid? LocalId { get; set; }
    public long? HubspotId { get; set; }
    public OutcomeState State { get; set; }
    public OutcomeReason Reason { get; set; }

    /// <summary>What the reason speaks of: a stage, HubSpot's own error name. Never a person's data.</summary>
    public string? Detail { get; set; }
    public Guid? RunId { get; set; }
    public DateTimeOffset At { get; set; }
}
