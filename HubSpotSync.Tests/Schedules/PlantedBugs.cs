using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace HubSpotSync.Tests.Schedules;

/// <summary>Mistakes that products of this kind are known for. Each one must be noticed by the invariants.</summary>
internal static class PlantedBugs
{
    public static readonly IReadOnlyList<PlantedBug> All =
    [
        new("a change here asks for no look", "drop trigger customers_changed on customers"),
        new("edits here are dated an hour too early", OnWrite(
            "customers", "update", """
            new.field_clock := coalesce((select jsonb_object_agg(key, jsonb_set(value, '{at}',
                to_jsonb((value->>'at')::bigint - case when old.field_clock->key is distinct from value
                  and coalesce(current_setting('app.engine', true), '') <> 'on' then 3600000 else 0 end)))
              from jsonb_each(new.field_clock)), '{}');
            """)),
        new("letter case tells addresses apart",
            """
            alter table customers drop column email_key cascade;
            alter table customers add column email_key text
              generated always as (btrim(email, E' \t\r\n\u00a0')) stored;
            create unique index customers_email_key on customers (workspace_id, email_key) where archived_at is null
            """),
        new("a change that comes while we look is lost", OnWrite(
            "sync_requests", "update", "new.version := old.version;")),
        new("history leaves out what was written to HubSpot", OnWrite(
            "record_changes", "insert", "if new.side = 'HubSpot' then return null; end if;")),
        new("what both sides agreed on is never moved on", OnWrite(
            "record_links", "update", "new.ancestor := old.ancestor;")),
        new("the watermark runs ahead of what was read", OnWrite(
            "hubspot_connections",
            "update",
            """
            if new.changes_since is not null then
              new.changes_since := clock_timestamp() + interval '5 minutes';
            end if;
            """)),
        new("links of merged contacts stay",
            """
            create function planted() returns trigger language plpgsql as $$ begin return null; end $$;
            create trigger zz_planted before delete on record_links for each row execute function planted()
            """),
        new("archived contacts are not marked as detached", OnWrite(
            "record_links", "update", "new.detached_at := null;")),
        new("an erased person stays in the history",
            """
            create or replace function without_values(fields jsonb) returns jsonb
              language sql immutable as 'select $1'
            """),
        new("what was sent is forgotten at once",
            """
            create function planted() returns trigger language plpgsql security definer as $$
            begin delete from sent_writes where id = new.id; return null; end $$;
            create trigger zz_planted after insert on sent_writes for each row execute function planted()
            """),
        new("search finds nothing", Http: OnAnswer("/search", body => body["results"] = new JsonArray())),
        new("times of edits are read as 1970", Http: OnAnswer(
            "/batch/read",
            body => Histories(body).ForEach(version => version["timestamp"] = "1970-01-01T00:00:00.000Z"))),
        new("archived contacts are taken for deleted ones", Http: (request, send, token) =>
        {
            request.RequestUri = new Uri(request.RequestUri!.AbsoluteUri // it is sent somewhere
                .Replace("archived=true", "archived=false", StringComparison.Ordinal));
            return send(request, token);
        }),
        new("a field comes blank now and then", Http: OnAnswer(
            "/batch/read", body => Properties(body).ForEach(properties => properties["city"] = null))),
        new("who was merged is not read", Http: OnAnswer(
            "/crm/objects", body => Properties(body).ForEach(properties => properties["hs_merged_object_ids"] = null))),
        new("companies of contacts are not read", Http: OnAnswer(
            "/contacts?", body => Results(body).ForEach(record => record.Remove("associations")))),
        new("what a batch refuses is taken for done", Http: PartOfBatchAsWhole),
        new("every write is sent twice, the second time late", Http: TwiceAsync),
    ];

    private static string OnWrite(string table, string what, string body) =>
        $"""
        create function planted() returns trigger language plpgsql as $$ begin {body} return new; end $$;
        create trigger zz_planted before {what} on {table} for each row execute function planted()
        """;

    /// <summary>Changes what HubSpot answers to calls whose address has this in it.</summary>
    private static PlantedHttp OnAnswer(string address, Action<JsonNode> change) => async (request, send, token) =>
    {
        var answer = await send(request, token);
        if (answer.IsSuccessStatusCode
            && request.RequestUri!.PathAndQuery.Contains(address, StringComparison.Ordinal) // it was sent somewhere
            && JsonNode.Parse(await answer.Content.ReadAsStringAsync(token)) is JsonObject body)
        {
            change(body);
            answer.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        }

        return answer;
    };

    private static async Task<HttpResponseMessage> PartOfBatchAsWhole(
        HttpRequestMessage request,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken token)
    {
        var answer = await send(request, token);
        if (answer.StatusCode != HttpStatusCode.MultiStatus)
        {
            return answer;
        }

        var asked = JsonNode.Parse(await request.Content!.ReadAsStringAsync(token))!; // batches have a body
        var results = new JsonArray();
        foreach (var input in asked["inputs"]!.AsArray())
        {
            results.Add(new JsonObject
            {
                ["id"] = "1",
                ["objectWriteTraceId"] = input!["id"]!.DeepClone(),
                ["properties"] = input["properties"]!.DeepClone(),
                ["updatedAt"] = "2026-01-01T00:00:00.000Z",
            });
        }

        answer.StatusCode = HttpStatusCode.OK;
        answer.Content = new StringContent(
            new JsonObject { ["results"] = results }.ToJsonString(), Encoding.UTF8, "application/json");
        return answer;
    }

    private static async Task<HttpResponseMessage> TwiceAsync(
        HttpRequestMessage request,
        Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send,
        CancellationToken token)
    {
        var isWrite = request.RequestUri!.AbsolutePath.EndsWith("/batch/update", StringComparison.Ordinal); // as above
        var body = isWrite ? await request.Content!.ReadAsByteArrayAsync(token) : [];
        var answer = await send(request, token);
        if (isWrite)
        {
            _ = AgainAsync();
        }

        return answer;

        async Task AgainAsync()
        {
            await Task.Delay(400, CancellationToken.None);
            using var again = new HttpRequestMessage(HttpMethod.Post, request.RequestUri);
            again.Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
            again.Headers.Authorization = request.Headers.Authorization;
            using var ignored = await send(again, CancellationToken.None);
        }
    }

    private static List<JsonObject> Results(JsonNode body) =>
        [.. (body["results"] as JsonArray ?? [.. body["properties"] is null ? [] : new[] { body.DeepClone() }])
            .OfType<JsonObject>()];

    private static List<JsonObject> Properties(JsonNode body) =>
        [.. Results(body).Select(record => record["properties"]).OfType<JsonObject>()];

    private static List<JsonObject> Histories(JsonNode body) =>
    [
        .. Results(body).Select(record => record["propertiesWithHistory"]).OfType<JsonObject>()
            .SelectMany(histories => histories)
            .SelectMany(history => history.Value!.AsArray()).OfType<JsonObject>(),
    ];
}
