using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>A write that passed every check. Nothing is changed until it is committed.</summary>
internal sealed record PlannedWrite(CrmRecord? Existing, RecordInput Input, IReadOnlyDictionary<string, string> Values)
{
    public IReadOnlyList<(AssociationKind Kind, long ToId)> Links { get; init; } = [];
}
