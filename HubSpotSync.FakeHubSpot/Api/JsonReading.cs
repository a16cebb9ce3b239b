using System.Text.Json;

namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>
/// Reading loosely typed bodies the way HubSpot does: what is missing is missing, what is wrong is a 400.
/// </summary>
internal static class JsonReading
{
    public static JsonElement? Child(this JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object
            && element.TryGetProperty(name, out var child)
            && child.ValueKind != JsonValueKind.Null
            ? child
            : null;

    /// <summary>Strings as they are; numbers and booleans in the text they were written in.</summary>
    public static string? Text(this JsonElement element, string name) => element.Child(name)?.AsText();

    public static string? AsText(this JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => element.GetRawText(),
        JsonValueKind.Null => null,
        _ => throw Refuse.Validation("Invalid input JSON: a plain value is expected."),
    };

    public static IReadOnlyList<JsonElement> Items(this JsonElement element, string name)
    {
        if (element.Child(name) is not { } child)
        {
            return [];
        }

        return child.ValueKind == JsonValueKind.Array
            ? [.. child.EnumerateArray()]
            : throw Refuse.Validation($"Invalid input JSON: {name} must be an array.");
    }

    public static IReadOnlyList<string> Texts(this JsonElement element, string name) =>
        [.. element.Items(name).Select(item => item.AsText()).OfType<string>()];

    public static IReadOnlyList<JsonElement> Inputs(this JsonElement element, int most)
    {
        var inputs = element.Items("inputs");
        return inputs.Count switch
        {
            0 => throw Refuse.Validation("Invalid input JSON: inputs must not be empty."),
            var count when count > most =>
                throw Refuse.Validation($"The maximum number of inputs supported in a batch request is {most}."),
            _ => inputs,
        };
    }
}
