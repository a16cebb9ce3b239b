using System.Globalization;
using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Journal;

namespace HubSpotSync.Portal.Customers;

/// <summary>One field of one write: what was there, what is there now.</summary>
internal sealed record ChangeLine(string Field, string? Before, string? After)
{
    public static IReadOnlyList<ChangeLine> Of(RecordChange change, FieldMap map) => Of(change.Fields, map);

    /// <param name="fields">Field → [before, after].</param>
    public static IReadOnlyList<ChangeLine> Of(string fields, FieldMap map)
    {
        using var document = JsonDocument.Parse(fields);
        return document.RootElement.ValueKind != JsonValueKind.Object
            ? []
            :
            [
                .. document.RootElement.EnumerateObject()
                    .Where(field => field.Value.ValueKind == JsonValueKind.Array && field.Value.GetArrayLength() == 2)
                    .Select(field => new ChangeLine(
                        FieldFacts.LabelOf(map, field.Name),
                        Say(map, field.Name, Text(field.Value[0])),
                        Say(map, field.Name, Text(field.Value[1])))),
            ];
    }

    private static string? Say(FieldMap map, string field, string? value) =>
        map.PositionOf(field) is var at and >= 0 && map.Fields[at].Type == FieldType.DateTime
            && DateTimeOffset.TryParse(value, CultureInfo.InvariantCulture, out var moment)
                ? moment.UtcDateTime.ToString("d MMM yyyy HH:mm 'UTC'", CultureInfo.InvariantCulture)
                : value;

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
