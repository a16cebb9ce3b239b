using System.Globalization;
using System.Text.Json;
using HubSpotSync.HubSpotApi.Objects;

namespace HubSpotSync.HubSpotApi.Lists;

/// <summary>Reads lists of contacts and who is in them.</summary>
public sealed class ListReader(HubSpotCaller caller)
{
    private const string Contacts = "0-1";
    private const string Root = $"crm/lists/{ApiVersion.Lists}";
    private const int MostLists = 500;
    private const int MostPages = 10;
    private const int MostMembers = 250;
    private const int MostRecords = 100;
    private static readonly string[] Counted =
        ["hs_list_size", "hs_last_record_added_at", "hs_last_record_removed_at"];

    /// <summary>These lists of contacts, those that are there; or all of them.</summary>
    /// <param name="ids">Empty: all, up to 5,000.</param>
    public async Task<IReadOnlyList<HubSpotList>> FindAsync(
        HubSpotSession session, IReadOnlyCollection<long> ids, CancellationToken cancellationToken)
    {
        var found = new List<HubSpotList>();
        for (var page = 0; page < MostPages; page++)
        {
            using var body = await SearchAsync(session, ids, page * MostLists, cancellationToken);
            found.AddRange(body.RootElement.GetProperty("lists").EnumerateArray().Select(ReadList));
            if (!body.RootElement.TryGetProperty("hasMore", out var more) || more.ValueKind != JsonValueKind.True)
            {
                break;
            }
        }

        return found;
    }

    private Task<JsonDocument> SearchAsync(
        HubSpotSession session, IReadOnlyCollection<long> ids, int offset, CancellationToken cancellationToken)
    {
        var call = HubSpotCall.Post($"{Root}/search", json =>
        {
            json.WriteString("objectTypeId", Contacts);
            WriteTexts(json, "listIds", ids.Select(id => id.ToString(CultureInfo.InvariantCulture)));
            WriteTexts(json, "processingTypes", []); // required since 2026-09
            WriteTexts(json, "additionalProperties", Counted);
            json.WriteNumber("offset", offset);
            json.WriteNumber("count", MostLists);
        });
        return caller.ReadAsync(session, call, cancellationToken);
    }

    public async Task<ListMembers> MembersAsync(
        HubSpotSession session, long listId, string? after, CancellationToken cancellationToken)
    {
        var path = string.Create(CultureInfo.InvariantCulture, $"{Root}/{listId}/memberships?limit={MostMembers}")
            + (after is null ? "" : $"&after={Uri.EscapeDataString(after)}");
        using var body = await caller.ReadAsync(session, HubSpotCall.Get(path), cancellationToken);
        return new ListMembers(
            [.. body.RootElement.GetProperty("results").EnumerateArray()
                .Select(member => RecordJson.ParseId(member.GetProperty("recordId")))],
            RecordJson.NextAfter(body.RootElement));
    }

    /// <summary>The lists that contacts are in. Contacts that are not there are left out.</summary>
    public async Task<IReadOnlyDictionary<long, IReadOnlyList<long>>> ListsOfAsync(
        HubSpotSession session, IReadOnlyCollection<long> contactIds, CancellationToken cancellationToken)
    {
        var lists = new Dictionary<long, IReadOnlyList<long>>();
        foreach (var ids in contactIds.Chunk(MostRecords))
        {
            var call = HubSpotCall.Post($"{Root}/records/memberships/batch/read", json => WriteRecords(json, ids));
            using var body = await caller.ReadAsync(session, call, cancellationToken);
            foreach (var result in body.RootElement.GetProperty("results").EnumerateArray())
            {
                lists[RecordJson.ParseId(result.GetProperty("recordId"))] =
                [
                    .. result.GetProperty("recordListMemberships").EnumerateArray()
                        .Select(membership => RecordJson.ParseId(membership.GetProperty("listId"))),
                ];
            }
        }

        return lists;
    }

    private static HubSpotList ReadList(JsonElement list)
    {
        var counted = list.TryGetProperty("additionalProperties", out var given) ? given : default;
        _ = int.TryParse(Text(counted, Counted[0]), CultureInfo.InvariantCulture, out var size);
        return new HubSpotList(
            RecordJson.ParseId(list.GetProperty("listId")),
            Text(list, "name") ?? "",
            Text(list, "processingType") ?? "",
            size,
            string.Join(' ', Counted.Select(name => Text(counted, name) ?? "-")));
    }

    private static void WriteRecords(Utf8JsonWriter json, long[] ids)
    {
        json.WriteStartArray("inputs");
        foreach (var id in ids)
        {
            json.WriteStartObject();
            json.WriteString("objectTypeId", Contacts);
            json.WriteString("recordId", id.ToString(CultureInfo.InvariantCulture));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value)
            ? value.ValueKind == JsonValueKind.String ? value.GetString() : value.GetRawText()
            : null;
}
