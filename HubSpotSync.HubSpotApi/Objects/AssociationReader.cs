using System.Globalization;
using System.Text.Json;
using HubSpotSync.Core.Records;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>Reads what records are associated with, for those that did not come from a list.</summary>
public sealed class AssociationReader(HubSpotCaller caller)
{
    private const int MostInputs = 1_000;

    /// <summary>The records, each with its associations to the kinds that the query names.</summary>
    public async Task<IReadOnlyList<HubSpotRecord>> AddToAsync(
        HubSpotSession session,
        ObjectQuery query,
        IReadOnlyList<HubSpotRecord> records,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(records);
        var all = records.ToDictionary(record => record.Id, _ => new Dictionary<string, IReadOnlyList<long>>());
        foreach (var to in query.Associations)
        {
            foreach (var ids in all.Keys.Chunk(MostInputs))
            {
                await ReadAsync(session, query.Kind, to, ids, all, cancellationToken);
            }
        }

        return [.. records.Select(record => record with { Associated = all[record.Id] })];
    }

    private async Task ReadAsync(
        HubSpotSession session,
        RecordKind kind,
        string to,
        long[] ids,
        Dictionary<long, Dictionary<string, IReadOnlyList<long>>> all,
        CancellationToken cancellationToken)
    {
        var path = $"crm/associations/{ApiVersion.Associations}/{ObjectType.NameOf(kind)}/{to}/batch/read";
        var call = HubSpotCall.Post(path, json =>
        {
            json.WriteStartArray("inputs");
            foreach (var id in ids)
            {
                json.WriteStartObject();
                json.WriteString("id", id.ToString(CultureInfo.InvariantCulture));
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
        using var body = await caller.ReadAsync(session, call, cancellationToken);
        foreach (var result in body.RootElement.GetProperty("results").EnumerateArray())
        {
            var from = RecordJson.ParseId(result.GetProperty("from").GetProperty("id"));
            if (all.TryGetValue(from, out var known))
            {
                known[to] =
                [
                    .. result.GetProperty("to").EnumerateArray()
                        .OrderByDescending(HasLabel)
                        .Select(link => RecordJson.ParseId(link.GetProperty("toObjectId")))
                        .Distinct(),
                ];
            }
        }
    }

    // A record's primary company is the one whose link has a label ("Primary").
    private static bool HasLabel(JsonElement link) =>
        link.TryGetProperty("associationTypes", out var types) && types.ValueKind == JsonValueKind.Array
        && types.EnumerateArray().Any(type =>
            type.TryGetProperty("label", out var label) && label.ValueKind == JsonValueKind.String);
}
