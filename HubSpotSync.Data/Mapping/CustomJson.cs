using System.Text.Json;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Mapping;

/// <summary>
/// Values of custom fields. Other programs write them too, so a number or a truth value is read as its text, as the
/// engine reads it.
/// </summary>
internal static class CustomJson
{
    public static void HasCustomValues(this PropertyBuilder<Dictionary<string, string>> property) => property
        .HasColumnType("jsonb")
        .HasConversion(
            values => JsonSerializer.Serialize(values, JsonSerializerOptions.Default),
            json => Read(json),
            new ValueComparer<Dictionary<string, string>>(
                (a, b) => Same(a!, b!), values => values.Count, values => new(values)));

    private static bool Same(Dictionary<string, string> a, Dictionary<string, string> b) =>
        a.Count == b.Count && a.All(value => b.TryGetValue(value.Key, out var other) && other == value.Value);

    private static Dictionary<string, string> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.EnumerateObject()
            .Where(field => field.Value.ValueKind != JsonValueKind.Null)
            .ToDictionary(field => field.Name, field => field.Value.ToString(), StringComparer.Ordinal);
    }
}
