using System.Collections.Immutable;
using System.Text.Json;
using HubSpotSync.Core.Fields;

namespace HubSpotSync.Data.Bulk;

/// <summary>The ancestor as it is stored: an object of the fields that are not blank.</summary>
internal static class AncestorJson
{
    public static byte[] Write(FieldMap map, ImmutableArray<string?> values) =>
        RecordJsonText.Write((Map: map, Values: values), static (json, record) =>
        {
            for (var i = 0; i < record.Values.Length; i++)
            {
                if (record.Values[i] is { } value)
                {
                    json.WriteString(record.Map.Fields[i].Name, value);
                }
            }
        });

    public static ImmutableArray<string?> Read(FieldMap map, string text)
    {
        using var document = JsonDocument.Parse(text);
        var values = new string?[map.Fields.Length];
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (map.PositionOf(field.Name) is var at and >= 0)
            {
                values[at] = field.Value.GetString();
            }
        }

        return [.. values];
    }
}
