using System.Text.Json;
using System.Text.Json.Serialization;
using HubSpotSync.Core.Fields;
using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace HubSpotSync.Data.Mapping;

/// <summary>Rules of single fields as they are stored: by name, so that no rule ever turns into another one.</summary>
internal sealed class FieldRuleJson() : ValueConverter<Dictionary<string, FieldRule>, string>(
    rules => Write(rules), json => Read(json))
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    public static ValueComparer<Dictionary<string, FieldRule>> Comparer { get; } =
        new((a, b) => Write(a!) == Write(b!), rules => rules.Count, rules => new(rules));

    private static string Write(Dictionary<string, FieldRule> rules) => JsonSerializer.Serialize(rules, Options);

    private static Dictionary<string, FieldRule> Read(string json) =>
        JsonSerializer.Deserialize<Dictionary<string, FieldRule>>(json, Options) ?? [];
}
