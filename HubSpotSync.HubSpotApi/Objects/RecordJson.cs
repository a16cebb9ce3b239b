using System.Globalization;
using System.Text.Json;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>Reads the object shape that lists, batches and searches share.</summary>
internal static class RecordJson
{
    private const string Unlabelled = "_unlabeled";

    /// <param name="knowsAssociations">
    /// They were asked for: a record that has none comes without them. Lists give them, batches and searches do not.
    /// </param>
    public static List<HubSpotRecord> ReadResults(JsonElement body, bool knowsAssociations)
    {
        var names = new List<string>();
        return
        [
            .. body.GetProperty("results").EnumerateArray()
                .Select(item => Read(item, knowsAssociations, names)),
        ];
    }

    public static HubSpotRecord Read(JsonElement item, bool knowsAssociations) => Read(item, knowsAssociations, []);

    /// <param name="names">
    /// Of the properties of the record before, which are most often those of this one: a page needs each name once.
    /// </param>
    private static HubSpotRecord Read(JsonElement item, bool knowsAssociations, List<string> names)
    {
        var has = item.TryGetProperty("properties", out var values) && values.ValueKind == JsonValueKind.Object;
        var properties = new Dictionary<string, string?>(has ? values.GetPropertyCount() : 0, StringComparer.Ordinal);
        if (has)
        {
            var at = 0;
            foreach (var property in values.EnumerateObject())
            {
                properties[NameOf(property, at++, names)] = property.Value.ValueKind == JsonValueKind.String
                    ? JsonText.Read(property.Value)
                    : null;
            }
        }

        return new HubSpotRecord(
            ParseId(item.GetProperty("id")),
            properties,
            item.TryGetProperty("updatedAt", out var updated) ? updated.GetDateTimeOffset() : default,
            item.TryGetProperty("archived", out var archived) && archived.ValueKind == JsonValueKind.True,
            knowsAssociations ? ReadAssociations(item) : null);
    }

    private static string NameOf(JsonProperty property, int at, List<string> names)
    {
        if (at < names.Count && property.NameEquals(names[at]))
        {
            return names[at];
        }

        var name = property.Name;
        if (at < names.Count)
        {
            names[at] = name;
        }
        else
        {
            names.Add(name);
        }

        return name;
    }

    public static string? NextAfter(JsonElement body) =>
        body.TryGetProperty("paging", out var paging) && paging.ValueKind == JsonValueKind.Object
        && paging.TryGetProperty("next", out var next) && next.ValueKind == JsonValueKind.Object
            ? next.GetProperty("after").GetString()
            : null;

    /// <summary>Ids are text in HubSpot's specification and numbers in some of its answers.</summary>
    public static long ParseId(JsonElement id) => id.ValueKind == JsonValueKind.Number
        ? id.GetInt64()
        : long.Parse(id.GetString()!, CultureInfo.InvariantCulture);

    // A pair that is linked with and without a label comes twice; the labelled ("primary") one is put first.
    private static Dictionary<string, IReadOnlyList<long>> ReadAssociations(JsonElement item)
    {
        var all = new Dictionary<string, IReadOnlyList<long>>(StringComparer.Ordinal);
        if (item.TryGetProperty("associations", out var associations) && associations.ValueKind == JsonValueKind.Object)
        {
            foreach (var type in associations.EnumerateObject())
            {
                all[type.Name] =
                [
                    .. type.Value.GetProperty("results").EnumerateArray()
                        .OrderBy(link =>
                            link.GetProperty("type").GetString()?.EndsWith(Unlabelled, StringComparison.Ordinal))
                        .Select(link => ParseId(link.GetProperty("id")))
                        .Distinct(),
                ];
            }
        }

        return all;
    }
}
