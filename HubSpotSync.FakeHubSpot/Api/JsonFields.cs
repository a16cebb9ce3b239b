using System.Globalization;
using System.Text.Json;

namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>
/// Typed fields of a body. Like HubSpot they take a number or flag written as text; anything else is a 400.
/// </summary>
internal static class JsonFields
{
    public static string Required(this JsonElement body, string name) =>
        body.Text(name) is { Length: > 0 } text ? text : throw Missing(name);

    public static int RequiredWhole(this JsonElement body, string name) => body.Whole(name) ?? throw Missing(name);

    public static int? Whole(this JsonElement body, string name)
    {
        if (body.Text(name) is not { } text)
        {
            return null;
        }

        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw Refuse.Validation($"Invalid input JSON on line 1, column 1: {name} must be a whole number.");
    }

    public static bool? Flag(this JsonElement body, string name) => body.Text(name) switch
    {
        null => null,
        "true" => true,
        "false" => false,
        _ => throw Refuse.Validation($"Invalid input JSON on line 1, column 1: {name} must be true or false."),
    };

    public static string? OneOf(this JsonElement body, string name, IReadOnlyCollection<string> allowed) =>
        body.Text(name) is not { } text || allowed.Contains(text)
            ? body.Text(name)
            : throw Refuse.Validation(
                $"Invalid input JSON on line 1, column 1: {name} must be one of {string.Join(", ", allowed)}.");

    public static RefusalException Missing(string name) => Refuse.Validation(
        $"Invalid input JSON on line 1, column 1: Some required fields were not set: [{name}]");
}
