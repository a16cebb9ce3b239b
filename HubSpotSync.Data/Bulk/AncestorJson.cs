using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using HubSpotSync.Core.Fields;

namespace HubSpotSync.Data.Bulk;

/// <summary>The ancestor as it is stored: an object of the fields that are not blank.</summary>
internal static class AncestorJson
{
    public static string Write(FieldMap map, ImmutableArray<string?> values)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            for (var i = 0; i < values.Length; i++)
            {
                if (values[i] is { } value)
                {
                    json.WriteString(map.Fields[i].Name, value);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }

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
