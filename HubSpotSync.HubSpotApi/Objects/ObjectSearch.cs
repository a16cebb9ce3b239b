using System.Globalization;
using System.Text.Json;
using HubSpotSync.Core.Records;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>
/// Searches. HubSpot's index lags behind its records and never finds archived ones, so nothing that a search did not
/// find is taken as gone; and a search reaches 10,000 results only, so no page is asked for by its number. Nor does it
/// take many properties: <see cref="ObjectReader.CompleteAsync"/> brings those that are left out.
/// </summary>
public sealed class ObjectSearch(HubSpotCaller caller)
{
    private const int PageSize = 200;
    private const string ById = "hs_object_id";

    /// <summary>
    /// How many records there are with a value; by search, so a record of the last seconds may be missing.
    /// </summary>
    /// <param name="value"><c>null</c>: those without any.</param>
    public async Task<int> CountAsync(
        HubSpotSession session, RecordKind kind, string property, string? value, CancellationToken cancellationToken)
    {
        var call = HubSpotCall.Search($"{ObjectType.PathOf(kind)}/search", json =>
        {
            json.WriteStartArray("filterGroups");
            json.WriteStartObject();
            json.WriteStartArray("filters");
            json.WriteStartObject();
            json.WriteString("propertyName", property);
            json.WriteString("operator", value is null ? "NOT_HAS_PROPERTY" : "EQ");
            if (value is not null)
            {
                json.WriteString("value", value);
            }

            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteNumber("limit", 1);
        });
        using var body = await caller.ReadAsync(session, call, cancellationToken);
        return body.RootElement.GetProperty("total").GetInt32();
    }

    /// <summary>How many records there are, and the largest id; likewise.</summary>
    public async Task<(int Total, long LargestId)> CountAsync(
        HubSpotSession session, RecordKind kind, CancellationToken cancellationToken)
    {
        var call = HubSpotCall.Search($"{ObjectType.PathOf(kind)}/search", json =>
        {
            json.WriteStartArray("filterGroups");
            json.WriteEndArray();
            WriteSort(json, ById, "DESCENDING");
            json.WriteNumber("limit", 1);
        });
        using var body = await caller.ReadAsync(session, call, cancellationToken);
        return (
            body.RootElement.GetProperty("total").GetInt32(),
            RecordJson.ReadResults(body.RootElement, false).Select(record => record.Id).FirstOrDefault());
    }

    /// <summary>
    /// A page of records that were last modified from one moment on and before another, by their ids. Not by time, of
    /// which an import gives thousands of records the same, and which moves while one reads.
    /// </summary>
    /// <returns>What was found, and whether there is nothing behind it.</returns>
    public async Task<(IReadOnlyList<HubSpotRecord> Found, bool IsLast)> ModifiedBetweenAsync(
        HubSpotSession session,
        ObjectQuery query,
        DateTimeOffset from,
        DateTimeOffset before,
        long afterId,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var modified = ObjectType.ModifiedPropertyOf(query.Kind);
        using var body = await SearchAsync(
            session,
            query,
            [
                (modified, "GTE", Milliseconds(from)),
                (modified, "LT", Milliseconds(before)),
                (ById, "GT", afterId.ToString(CultureInfo.InvariantCulture)),
            ],
            cancellationToken);
        var found = RecordJson.ReadResults(body.RootElement, false);
        if (found.Zip(found.Skip(1)).Any(pair => pair.First.Id >= pair.Second.Id))
        {
            // What comes after the last id would not be all that is left.
            throw new InvalidOperationException("HubSpot's search does not go by ids.");
        }

        return (found, found.Count == 0 || body.RootElement.GetProperty("total").GetInt32() <= found.Count);
    }

    /// <summary>Records with these values that were created at or after a moment.</summary>
    /// <param name="values">At most five, none of them blank.</param>
    public async Task<IReadOnlyList<HubSpotRecord>> CreatedSinceAsync(
        HubSpotSession session,
        ObjectQuery query,
        IEnumerable<KeyValuePair<string, string>> values,
        DateTimeOffset since,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        using var body = await SearchAsync(
            session,
            query,
            [("createdate", "GTE", Milliseconds(since)), .. values.Select(value => (value.Key, "EQ", value.Value))],
            cancellationToken);
        return RecordJson.ReadResults(body.RootElement, false);
    }

    private Task<JsonDocument> SearchAsync(
        HubSpotSession session,
        ObjectQuery query,
        (string Property, string Operator, string Value)[] filters,
        CancellationToken cancellationToken)
    {
        var call = HubSpotCall.Search($"{ObjectType.PathOf(query.Kind)}/search", json =>
        {
            WriteFilters(json, filters);
            WriteSort(json, ById, "ASCENDING");
            json.WriteStartArray("properties");
            foreach (var property in query.PropertiesInSearch)
            {
                json.WriteStringValue(property);
            }

            json.WriteEndArray();
            json.WriteNumber("limit", PageSize);
        });
        return caller.ReadAsync(session, call, cancellationToken);
    }

    private static void WriteFilters(Utf8JsonWriter json, (string Property, string Operator, string Value)[] filters)
    {
        json.WriteStartArray("filterGroups");
        json.WriteStartObject();
        json.WriteStartArray("filters");
        foreach (var (property, comparison, value) in filters)
        {
            json.WriteStartObject();
            json.WriteString("propertyName", property);
            json.WriteString("operator", comparison);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteSort(Utf8JsonWriter json, string property, string direction)
    {
        json.WriteStartArray("sorts");
        json.WriteStartObject();
        json.WriteString("propertyName", property);
        json.WriteString("direction", direction);
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static string Milliseconds(DateTimeOffset time) =>
        time.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
}
