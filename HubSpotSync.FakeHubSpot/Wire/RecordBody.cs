using System.Text.Json;
using System.Text.Json.Serialization;

namespace HubSpotSync.FakeHubSpot.Wire;

/// <summary>A record as HubSpot sends it: every value is text, null for what was never set.</summary>
[JsonConverter(typeof(RecordBodyConverter))]
internal sealed record RecordBody(
    string Id, IReadOnlyList<JsonEncodedText> Names, IReadOnlyList<string?> Values, RecordTimes Times, string Url)
{
    public IReadOnlyDictionary<string, IReadOnlyList<VersionBody>>? PropertiesWithHistory { get; init; }
    public IReadOnlyDictionary<string, LinkList>? Associations { get; init; }
    public bool? New { get; init; }
    public string? ObjectWriteTraceId { get; init; }
}
