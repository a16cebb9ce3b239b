using System.Globalization;
using System.Text.Json;
using HubSpotSync.Core.Records;
using HubSpotSync.HubSpotApi.Errors;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>Reads contacts, companies and deals by pages and batches, 100 records a request.</summary>
public sealed class ObjectReader(HubSpotCaller caller)
{
    public const int PageSize = 100;

    /// <summary>HubSpot takes half as many records where it must read their history.</summary>
    private const int HistoryBatchSize = 50;

    /// <summary>One page of all records that are not archived, in the order of their ids.</summary>
    /// <param name="after">What the page before gave as next, or <c>null</c> for the first.</param>
    public async Task<HubSpotPage> ListAsync(
        HubSpotSession session, ObjectQuery query, string? after, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var path = $"{ObjectType.PathOf(query.Kind)}?limit={PageSize}&{WhatOf(query)}"
            + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
        using var body = await caller.ReadAsync(session, HubSpotCall.Get(path), cancellationToken);
        var listed = RecordJson.ReadResults(body.RootElement, true);
        return new HubSpotPage(
            query.FitsAddress ? listed : await ReadWholeAsync(session, query, listed, cancellationToken),
            RecordJson.NextAfter(body.RootElement));
    }

    /// <summary>Reads records by their ids. Those that are not there are not in the answer.</summary>
    public Task<IReadOnlyList<HubSpotRecord>> ReadAsync(
        HubSpotSession session, ObjectQuery query, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(session, query, ids, "", cancellationToken);

    /// <summary>The same by the values of a unique property.</summary>
    public Task<IReadOnlyList<HubSpotRecord>> ReadByAsync(
        HubSpotSession session,
        ObjectQuery query,
        string property,
        IEnumerable<string> values,
        CancellationToken cancellationToken) =>
        ReadAsync(session, query, values, "", cancellationToken, property);

    /// <summary>The same for records that are archived; HubSpot keeps them for 90 days.</summary>
    public Task<IReadOnlyList<HubSpotRecord>> ReadArchivedAsync(
        HubSpotSession session, ObjectQuery query, IEnumerable<string> ids, CancellationToken cancellationToken) =>
        ReadAsync(session, query, ids, "?archived=true", cancellationToken);

    /// <summary>
    /// One record by an id it has or had: the old id of a merged record leads to the one it became. <c>null</c>:
    /// HubSpot knows no such record that is not archived.
    /// </summary>
    public async Task<HubSpotRecord?> FindAsync(
        HubSpotSession session, ObjectQuery query, long id, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        var path = string.Create(CultureInfo.InvariantCulture, $"{ObjectType.PathOf(query.Kind)}/{id}?{WhatOf(query)}");
        try
        {
            using var body = await caller.ReadAsync(session, HubSpotCall.Get(path), cancellationToken);
            var found = RecordJson.Read(body.RootElement, true);
            return query.FitsAddress
                ? found
                : (await ReadWholeAsync(session, query, [found], cancellationToken)).SingleOrDefault();
        }
        catch (HubSpotException gone) when (gone.Status == System.Net.HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Whether the record with this id, or what it was merged into, lies in HubSpot's archive.</summary>
    public async Task<bool> IsArchivedAsync(
        HubSpotSession session, RecordKind kind, long id, CancellationToken cancellationToken)
    {
        var path = string.Create(
            CultureInfo.InvariantCulture, $"{ObjectType.PathOf(kind)}/{id}?archived=true&properties=hs_object_id");
        try
        {
            using var body = await caller.ReadAsync(session, HubSpotCall.Get(path), cancellationToken);
            return true;
        }
        catch (HubSpotException gone) when (gone.Status == System.Net.HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    /// <summary>
    /// What a search found with everything that the query asks for: a search has no room for many properties. Who is
    /// gone by now is left out.
    /// </summary>
    public async Task<IReadOnlyList<HubSpotRecord>> CompleteAsync(
        HubSpotSession session,
        ObjectQuery query,
        IReadOnlyList<HubSpotRecord> found,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return query.FitsSearch ? found : await ReadWholeAsync(session, query, found, cancellationToken);
    }

    /// <summary>By their ids, for which there is no limit to the properties.</summary>
    private async Task<IReadOnlyList<HubSpotRecord>> ReadWholeAsync(
        HubSpotSession session,
        ObjectQuery query,
        IReadOnlyList<HubSpotRecord> found,
        CancellationToken cancellationToken)
    {
        var associated = found.ToDictionary(record => record.Id, record => record.Associated);
        var ids = associated.Keys.Select(id => id.ToString(CultureInfo.InvariantCulture));
        var whole = await ReadAsync(session, query, ids, cancellationToken);
        return [.. whole.Select(record => record with { Associated = associated.GetValueOrDefault(record.Id) })];
    }

    private static string WhatOf(ObjectQuery query) => $"properties={string.Join(',', query.PropertiesInAddress)}"
        + (query.Associations.Count == 0 ? "" : $"&associations={string.Join(',', query.Associations)}");

    private Task<IReadOnlyList<HubSpotRecord>> ReadAsync(
        HubSpotSession session,
        ObjectQuery query,
        IEnumerable<string> ids,
        string options,
        CancellationToken cancellationToken,
        string? idProperty = null)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Batches.AskAsync(
            ids,
            PageSize,
            batch => ReadBatchAsync(session, query, batch, options, idProperty, cancellationToken),
            cancellationToken);
    }

    private async Task<IReadOnlyList<HubSpotRecord>> ReadBatchAsync(
        HubSpotSession session,
        ObjectQuery query,
        string[] ids,
        string options,
        string? idProperty,
        CancellationToken cancellationToken)
    {
        var call = HubSpotCall.Post($"{ObjectType.PathOf(query.Kind)}/batch/read{options}", json =>
        {
            WriteInputs(json, ids);
            WriteNames(json, "properties", query.Properties);
            if (idProperty is not null)
            {
                json.WriteString("idProperty", idProperty);
            }
        });
        using var body = await caller.ReadAsync(session, call, cancellationToken);
        return RecordJson.ReadResults(body.RootElement, false);
    }

    /// <summary>
    /// Records with all values that some of their properties had, and when: the one thing that HubSpot's modified date,
    /// which is one per record, can't tell.
    /// </summary>
    public Task<IReadOnlyList<RecordHistory>> ReadWithHistoryAsync(
        HubSpotSession session,
        ObjectQuery query,
        IEnumerable<string> ids,
        IReadOnlyList<string> properties,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(query);
        return Batches.AskAsync(
            ids,
            HistoryBatchSize,
            batch => ReadHistoriesAsync(session, query, batch, properties, cancellationToken),
            cancellationToken);
    }

    private async Task<IReadOnlyList<RecordHistory>> ReadHistoriesAsync(
        HubSpotSession session,
        ObjectQuery query,
        string[] ids,
        IReadOnlyList<string> properties,
        CancellationToken cancellationToken)
    {
        var call = HubSpotCall.Post($"{ObjectType.PathOf(query.Kind)}/batch/read", json =>
        {
            WriteInputs(json, ids);
            WriteNames(json, "properties", query.Properties);
            WriteNames(json, "propertiesWithHistory", properties);
        });
        using var body = await caller.ReadAsync(session, call, cancellationToken);
        return [.. body.RootElement.GetProperty("results").EnumerateArray().Select(RecordHistory.Read)];
    }

    private static void WriteInputs(Utf8JsonWriter json, IEnumerable<string> ids)
    {
        json.WriteStartArray("inputs");
        foreach (var id in ids)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
