using System.Collections.Immutable;
using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;

namespace HubSpotSync.Data.Bulk;

/// <summary>Changes as they are stored: by field name, before and after.</summary>
internal static class FieldChangeJson
{
    public static string Write(FieldMap map, ImmutableArray<FieldChange> changes) =>
        RecordJsonText.WriteText((Map: map, Changes: changes), static (json, record) =>
        {
            foreach (var change in record.Changes)
            {
                json.WriteStartArray(record.Map.Fields[change.Field].Name);
                json.WriteStringValue(change.Before);
                json.WriteStringValue(change.After);
                json.WriteEndArray();
            }
        });

    /// <summary>Fields that are not mapped any more are left out.</summary>
    public static IEnumerable<FieldChange> Read(FieldMap map, JsonElement changes) =>
        from field in changes.EnumerateObject()
        let at = map.PositionOf(field.Name)
        where at >= 0
        select new FieldChange(at, field.Value[0].GetString(), field.Value[1].GetString());
}
