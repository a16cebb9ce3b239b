using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Journal;

namespace HubSpotSync.Portal.Customers;

/// <summary>One field of one write: what was there, what is there now.</summary>
internal sealed record ChangeLine(string Field, string? Before, string? After)
{
    public static IReadOnlyList<ChangeLine> Of(RecordChange change, FieldMap map, ValueWords words) =>
        Of(change.Fields, map, words);

    /// <param name="fields">Field → [before, after].</param>
    public static IReadOnlyList<ChangeLine> Of(string fields, FieldMap map, ValueWords words)
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
                        words.Say(map, field.Name, Text(field.Value[0])),
                        words.Say(map, field.Name, Text(field.Value[1])))),
            ];
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
