using System.Text.Json;
using HubSpotSync.Core.Records;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>A record with the values that some of its properties had.</summary>
/// <param name="Versions">By property, the newest first.</param>
public sealed record RecordHistory(
    HubSpotRecord Record, IReadOnlyDictionary<string, IReadOnlyList<ValueVersion>> Versions)
{
    /// <summary>Empty where none was asked for, or there was never a value.</summary>
    public IReadOnlyList<ValueVersion> Of(string property) => Versions.GetValueOrDefault(property) ?? [];

    internal static RecordHistory Read(JsonElement item)
    {
        var versions = new Dictionary<string, IReadOnlyList<ValueVersion>>(StringComparer.Ordinal);
        if (item.TryGetProperty("propertiesWithHistory", out var histories)
            && histories.ValueKind == JsonValueKind.Object)
        {
            foreach (var history in histories.EnumerateObject())
            {
                versions[history.Name] = [.. history.Value.EnumerateArray().Select(ReadVersion)];
            }
        }

        return new RecordHistory(RecordJson.Read(item, false), versions);
    }

    private static ValueVersion ReadVersion(JsonElement version) => new(
        version.GetProperty("value").GetString(),
        version.GetProperty("timestamp").GetDateTimeOffset(),
        version.TryGetProperty("sourceType", out var source) && source.ValueEquals("INTEGRATION"));
}
