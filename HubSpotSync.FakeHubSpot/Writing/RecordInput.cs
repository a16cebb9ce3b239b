namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>One record as a caller wrote it. A property sent as JSON null is not in it: only "" clears.</summary>
internal sealed record RecordInput(IReadOnlyDictionary<string, string> Properties)
{
    public string? Id { get; init; }
    public string? IdProperty { get; init; }
    public string? TraceId { get; init; }
    public IReadOnlyList<AssociationInput> Associations { get; init; } = [];
}
