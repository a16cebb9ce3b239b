using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using HubSpotSync.Core.Fields;

namespace HubSpotSync.Data.Bulk;

/// <summary>The field clock as it is stored: field → <c>{"at": milliseconds since 1970, "by": who}</c>.</summary>
internal static class FieldClockJson
{
    public static ImmutableArray<DateTimeOffset?> Read(FieldMap map, string text)
    {
        using var document = JsonDocument.Parse(text);
        var clock = new DateTimeOffset?[map.Fields.Length];
        foreach (var field in document.RootElement.EnumerateObject())
        {
            if (map.PositionOf(field.Name) is var at and >= 0)
            {
                clock[at] = DateTimeOffset.FromUnixTimeMilliseconds(field.Value.GetProperty("at").GetInt64());
            }
        }

        return [.. clock];
    }

    public static string Write(FieldMap map, IEnumerable<(int Field, DateTimeOffset At)> edits, string by)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            foreach (var (field, at) in edits)
            {
                json.WriteStartObject(map.Fields[field].Name);
                json.WriteNumber("at", at.ToUnixTimeMilliseconds());
                json.WriteString("by", by);
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.GetBuffer(), 0, (int)stream.Length);
    }
}
