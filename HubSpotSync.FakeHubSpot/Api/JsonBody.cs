using System.Text.Json;

namespace HubSpotSync.FakeHubSpot.Api;

internal sealed record JsonBody(JsonElement Root, int Length)
{
    public static async Task<JsonBody> ReadAsync(HttpRequest request)
    {
        if (!request.HasJsonContentType())
        {
            throw new RefusalException(415, new ErrorBody("Content-Type must be application/json", null));
        }

        using var reader = new StreamReader(request.Body);
        var text = await reader.ReadToEndAsync(request.HttpContext.RequestAborted);
        try
        {
            using var document = JsonDocument.Parse(text);
            RefuseHalfCharacters(text, document.RootElement);
            return document.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array
                ? new JsonBody(document.RootElement.Clone(), text.Length)
                : throw Refuse.Validation("Invalid input JSON: an object is expected.");
        }
        catch (JsonException exception)
        {
            throw Refuse.Validation($"Invalid input JSON on line {exception.LineNumber + 1}.");
        }
    }

    /// <summary>Half a surrogate pair is valid JSON, but no text: found here once, nobody meets it later.</summary>
    private static void RefuseHalfCharacters(string text, JsonElement root)
    {
        if (!text.Contains("\\ud", StringComparison.OrdinalIgnoreCase))
        {
            return;
        }

        try
        {
            _ = JsonSerializer.Deserialize<System.Text.Json.Nodes.JsonNode>(root)?.ToJsonString();
        }
        catch (Exception exception) when (exception is InvalidOperationException or ArgumentException)
        {
            throw Refuse.Validation("Invalid input JSON: a text holds half a character.");
        }
    }
}
