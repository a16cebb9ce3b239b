using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Journal;

namespace HubSpotSync.Portal.Customers;

/// <summary>One field of one write: what was there, what is there now.</summary>
internal sealed record ChangeLine(string Field, string? Before, string? After)
{
    public static IReadOnlyList<ChangeLine> Of(RecordChange change, FieldMap map)
    {
        using var document = JsonDocument.Parse(change.Fields);
        return document.RootElement.ValueKind != JsonValueKind.Object
            ? []
            :
            [
                .. document.RootElement.EnumerateObject()
                    .Where(field => field.Value.ValueKind == JsonValueKind.Array && field.Value.GetArrayLength() == 2)
                    .Select(field => new ChangeLine(
                        FieldFacts.LabelOf(map, field.Name), Text(field.Value[0]), Text(field.Value[1]))),
            ];
    }

    private static string? Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        _ => value.GetRawText(),
    };
}
