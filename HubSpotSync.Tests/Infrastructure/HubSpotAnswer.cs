using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;

namespace HubSpotSync.Tests.Infrastructure;

public sealed record HubSpotAnswer(int Status, string Text, HttpResponseHeaders Headers, JsonElement Json)
{
    /// <summary>The text at a path such as <c>results.0.properties.email</c>; null where there is none.</summary>
    public string? At(string path)
    {
        var element = Json;
        foreach (var step in path.Split('.'))
        {
            if (element.ValueKind == JsonValueKind.Array
                && int.TryParse(step, NumberStyles.None, CultureInfo.InvariantCulture, out var index))
            {
                if (index >= element.GetArrayLength())
                {
                    return null;
                }

                element = element[index];
            }
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(step, out element))
            {
                return null;
            }
        }

        return element.ValueKind == JsonValueKind.Null ? null : element.ToString();
    }

    public bool Has(string path, string name)
    {
        var element = Json;
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            element = element.ValueKind == JsonValueKind.Array
                ? element[int.Parse(step, CultureInfo.InvariantCulture)]
                : element.GetProperty(step);
        }

        return element.TryGetProperty(name, out _);
    }

    public IReadOnlyList<JsonElement> Results => [.. Json.GetProperty("results").EnumerateArray()];

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? values.Single() : null;
}
