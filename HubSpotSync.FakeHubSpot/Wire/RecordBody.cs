namespace HubSpotSync.FakeHubSpot.Wire;

/// <summary>A record as HubSpot sends it: every value is text, null for what was never set.</summary>
internal sealed record RecordBody(
    string Id, IReadOnlyDictionary<string, string?> Properties, string CreatedAt, string UpdatedAt, bool Archived)
{
    public IReadOnlyDictionary<string, IReadOnlyList<VersionBody>>? PropertiesWithHistory { get; init; }
    public string? ArchivedAt { get; init; }
    public string? Url { get; init; }
    public IReadOnlyDictionary<string, LinkList>? Associations { get; init; }
    public bool? New { get; init; }
    public string? ObjectWriteTraceId { get; init; }
}
