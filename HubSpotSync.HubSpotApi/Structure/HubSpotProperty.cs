using System.Text.Json;

namespace HubSpotSync.HubSpotApi.Structure;

/// <summary>How HubSpot describes a property of a kind of records.</summary>
/// <param name="Type">HubSpot's word: string, number, bool, date, datetime, enumeration, phone_number.</param>
/// <param name="FieldType">How it is shown there; a <c>checkbox</c> takes several options.</param>
public sealed record HubSpotProperty(string Name, string Label, string Type, string FieldType)
{
    public bool IsReadOnly { get; init; }
    public bool IsCalculated { get; init; }
    public bool IsHidden { get; init; }
    public bool HasUniqueValue { get; init; }
    public bool IsHubSpots { get; init; }
    public IReadOnlyList<HubSpotOption> Options { get; init; } = [];

    internal static HubSpotProperty Read(JsonElement item) => new(
        Text(item, "name")!, Text(item, "label") ?? "", Text(item, "type") ?? "", Text(item, "fieldType") ?? "")
    {
        IsReadOnly = item.TryGetProperty("modificationMetadata", out var metadata)
            && metadata.ValueKind == JsonValueKind.Object && Is(metadata, "readOnlyValue"),
        IsCalculated = Is(item, "calculated"),
        IsHidden = Is(item, "hidden"),
        HasUniqueValue = Is(item, "hasUniqueValue"),
        IsHubSpots = Is(item, "hubspotDefined"),
        Options = item.TryGetProperty("options", out var options) && options.ValueKind == JsonValueKind.Array
            ? [.. options.EnumerateArray().Select(
                option => new HubSpotOption(Text(option, "value") ?? "", Text(option, "label") ?? ""))]
            : [],
    };

    private static bool Is(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
