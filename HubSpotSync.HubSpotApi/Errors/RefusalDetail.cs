using System.Text.Json;

namespace HubSpotSync.HubSpotApi.Errors;

/// <summary>What exactly HubSpot refused. Never a value: those are a person's.</summary>
/// <param name="Code">Such as INVALID_EMAIL; <c>null</c> where HubSpot names none.</param>
internal sealed record RefusalDetail(string? Code, string? Property)
{
    private static readonly RefusalDetail None = new(null, null);

    /// <summary>
    /// Of an error's body, or of one error of a batch. What is wrong stands in a list of its own, or as JSON in the
    /// message's text.
    /// </summary>
    public static RefusalDetail Of(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return None;
        }

        if (error.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
            && errors.EnumerateArray().Select(OfDetail).FirstOrDefault(detail => detail.Code is not null) is { } listed)
        {
            return listed;
        }

        var message = Text(error, "message") ?? "";
        return message.IndexOf("[{", StringComparison.Ordinal) is var at and >= 0 ? OfMessage(message[at..]) : None;
    }

    private static RefusalDetail OfDetail(JsonElement detail) => detail.ValueKind != JsonValueKind.Object
        ? None
        : new RefusalDetail(Text(detail, "code"), PropertyOf(detail) ?? Text(detail, "in"));

    private static string? PropertyOf(JsonElement detail) =>
        detail.TryGetProperty("context", out var context) && context.ValueKind == JsonValueKind.Object
        && context.TryGetProperty("propertyName", out var names) && names.ValueKind == JsonValueKind.Array
            ? names.EnumerateArray().Select(name => name.GetString()).FirstOrDefault()
            : null;

    private static RefusalDetail OfMessage(string json)
    {
        try
        {
            using var problems = JsonDocument.Parse(json);
            return problems.RootElement.EnumerateArray()
                .Select(problem => new RefusalDetail(Text(problem, "error"), Text(problem, "name")))
                .FirstOrDefault() ?? None;
        }
        catch (JsonException)
        {
            return None; // the text was cut off; the category alone has to do
        }
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value)
        && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;
}
