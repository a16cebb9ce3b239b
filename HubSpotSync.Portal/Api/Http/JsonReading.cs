using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HubSpotSync.Portal.Api.Http;

/// <summary>Reads JSON strictly: a field that nobody knows is a mistake that should be heard of.</summary>
internal static class JsonReading
{
    public const int Longest = 1024 * 1024;

    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(null, allowIntegerValues: false) },
        NumberHandling = JsonNumberHandling.Strict,
        PropertyNameCaseInsensitive = false,
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        MaxDepth = 16,
    };

    public static ProblemHttpResult TooLarge => ApiProblem.Of(
        StatusCodes.Status413PayloadTooLarge, "too_large", "The body is larger than a megabyte.");

    /// <returns><c>null</c>: it is too large.</returns>
    public static async Task<byte[]?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (bytes.Length + read > Longest)
            {
                return null;
            }

            bytes.Write(buffer, 0, read);
        }

        return bytes.ToArray();
    }

    public static ProblemHttpResult? Read<T>(byte[] raw, out T? value)
        where T : class
    {
        value = null;
        try
        {
            value = JsonSerializer.Deserialize<T>(raw.Length == 0 ? "{}"u8 : raw, Options);
            using var document = JsonDocument.Parse(raw.Length == 0 ? "{}"u8.ToArray() : raw);
            return value is null ? ApiProblem.Unreadable("", "Send a JSON object.")
                : FindBad(document.RootElement, "") is var (field, problem) ? ApiProblem.Unreadable(field, problem)
                : null;
        }
        catch (JsonException error)
        {
            var field = MissingOf(error) ?? NameOf(error.Path);
            return ApiProblem.Unreadable(field, WordsOf(error, field));
        }
    }

    private static string WordsOf(JsonException error, string field) =>
        MissingOf(error) is not null ? "This field is needed."
        : error.Message.Contains("could not be mapped", StringComparison.Ordinal) ? "There is no such field."
        : error.Message.Contains("Duplicate", StringComparison.OrdinalIgnoreCase) ? "This field is there twice."
        : field.Length == 0 ? "This is not the JSON object that belongs here."
        : "This is not a value that this field takes.";

    /// <summary>The first field that is needed and is not there: the framework names it in its message alone.</summary>
    private static string? MissingOf(JsonException error)
    {
        const string Mark = "missing required properties including: '";
        var at = error.Message.IndexOf(Mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        var name = error.Message[(at + Mark.Length)..].Split('\'')[0];
        return NameOf(error.Path) is { Length: > 0 } parent ? $"{parent}.{name}" : name;
    }

    private static string NameOf(string? path) => path is null or "$" ? "" : path.TrimStart('$').TrimStart('.');

    private static (string Field, string Problem)? FindBad(JsonElement element, string name)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.String when element.GetString()!.Contains('\0', StringComparison.Ordinal): // it is one
                return (name, "This holds a character with the number zero, which is no text.");
            case JsonValueKind.Object:
                return element.EnumerateObject()
                    .Select(one => FindBad(one.Value, name.Length == 0 ? one.Name : $"{name}.{one.Name}"))
                    .FirstOrDefault(found => found is not null);
            case JsonValueKind.Array:
                return element.EnumerateArray().Index()
                    .Select(one => one.Item.ValueKind == JsonValueKind.Null
                        ? ($"{name}[{one.Index}]", "A list holds no null.")
                        : FindBad(one.Item, $"{name}[{one.Index}]"))
                    .FirstOrDefault(found => found is not null);
            default:
                return null;
        }
    }
}
