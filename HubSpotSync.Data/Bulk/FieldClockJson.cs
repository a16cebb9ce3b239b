using System.Collections.Immutable;
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

    /// <summary>The clock of what a row changes here: each field as old as HubSpot's edit of it.</summary>
    public static byte[] Write(FieldMap map, PageRow row) =>
        RecordJsonText.Write((Map: map, Row: row), static (json, record) =>
        {
            foreach (var change in record.Row.LocalChanges)
            {
                var at = record.Row.FieldTimes.TryGetValue(change.Field, out var known) ? known : record.Row.EditedAt;
                json.WriteStartObject(record.Map.Fields[change.Field].Name);
                json.WriteNumber("at", at.ToUnixTimeMilliseconds());
                json.WriteString("by", "hubspot");
                json.WriteEndObject();
            }
        });
}
