using System.Text.Json;
using HubSpotSync.Core.Records;
using HubSpotSync.HubSpotApi.Errors;

namespace HubSpotSync.HubSpotApi.Objects;

/// <summary>
/// Writes records, up to 100 a request. Every write given gets an answer of its own: where HubSpot refuses a whole
/// batch for the sake of one record, the batch is halved until that one is alone.
/// </summary>
public sealed class ObjectWriter(HubSpotCaller caller)
{
    private const int BatchSize = 100;

    /// <summary>Changes some properties of records that are there.</summary>
    public Task<IReadOnlyList<ObjectWritten>> UpdateAsync(
        HubSpotSession session,
        RecordKind kind,
        IReadOnlyList<ObjectWrite> writes,
        CancellationToken cancellationToken) =>
        WriteAllAsync(session, new Batch($"{ObjectType.PathOf(kind)}/batch/update", null), writes, cancellationToken);

    /// <summary>
    /// Creates records, or updates those that hold the same value in a unique property of ours. Never by e-mail, for
    /// which HubSpot makes no partial updates. Doing it twice is the same as doing it once.
    /// </summary>
    public Task<IReadOnlyList<ObjectWritten>> UpsertAsync(
        HubSpotSession session,
        RecordKind kind,
        string idProperty,
        IReadOnlyList<ObjectWrite> writes,
        CancellationToken cancellationToken) =>
        WriteAllAsync(
            session, new Batch($"{ObjectType.PathOf(kind)}/batch/upsert", idProperty), writes, cancellationToken);

    /// <summary>
    /// Creates records that nothing of ours can name there. The answers are told apart by trace ids; doing it twice
    /// makes two records, unless they have an address, which HubSpot holds once.
    /// </summary>
    public Task<IReadOnlyList<ObjectWritten>> CreateAsync(
        HubSpotSession session,
        RecordKind kind,
        IReadOnlyList<ObjectWrite> writes,
        CancellationToken cancellationToken) =>
        WriteAllAsync(
            session,
            new Batch($"{ObjectType.PathOf(kind)}/batch/create", null) { IsCreation = true },
            writes,
            cancellationToken);

    private Task<IReadOnlyList<ObjectWritten>> WriteAllAsync(
        HubSpotSession session, Batch batch, IReadOnlyList<ObjectWrite> writes, CancellationToken cancellationToken) =>
        Batches.AskAsync(
            writes, BatchSize, some => WriteAsync(session, batch, some, cancellationToken), cancellationToken);

    private async Task<IReadOnlyList<ObjectWritten>> WriteAsync(
        HubSpotSession session, Batch batch, IReadOnlyList<ObjectWrite> writes, CancellationToken cancellationToken)
    {
        if (writes.Count == 0)
        {
            return [];
        }

        try
        {
            using var body = await caller.WriteAsync(
                session, HubSpotCall.Post(batch.Path, json => WriteInputs(json, batch, writes)), cancellationToken);
            return ReadAnswer(body.RootElement, batch, writes);
        }
        catch (HubSpotException refused) when (IsRefusal(refused))
        {
            if (writes.Count == 1)
            {
                return [RefusedBy(refused, writes[0])];
            }

            // Everybody who has the property is refused for the same reason: there is no need to find them one by one.
            var concerned = refused is { Code: HubSpotReasons.PropertyGone, Property: { } gone }
                ? writes.Where(write => write.Properties.ContainsKey(gone)).ToList()
                : [];
            if (concerned.Count > 0)
            {
                return
                [
                    .. concerned.Select(write => RefusedBy(refused, write)),
                    .. await WriteAsync(session, batch, [.. writes.Except(concerned)], cancellationToken),
                ];
            }

            var half = writes.Count / 2;
            return
            [
                .. await WriteAsync(session, batch, [.. writes.Take(half)], cancellationToken),
                .. await WriteAsync(session, batch, [.. writes.Skip(half)], cancellationToken),
            ];
        }
    }

    private static ObjectWritten.Refused RefusedBy(HubSpotException refused, ObjectWrite write) =>
        new(write.Id, refused.Code ?? refused.Category, (refused as HubSpotConflictException)?.ExistingId)
        {
            Property = refused.Property,
        };

    private static bool IsRefusal(HubSpotException error) =>
        error is not (HubSpotUnavailableException or HubSpotRateLimitedException or HubSpotAuthorizationException);

    private static void WriteInputs(Utf8JsonWriter json, Batch batch, IReadOnlyList<ObjectWrite> writes)
    {
        json.WriteStartArray("inputs");
        foreach (var write in writes)
        {
            json.WriteStartObject();
            if (!batch.IsCreation)
            {
                json.WriteString("id", write.Id);
            }

            json.WriteString("objectWriteTraceId", write.Id);
            if (batch.IdProperty is not null)
            {
                json.WriteString("idProperty", batch.IdProperty);
            }

            json.WriteStartObject("properties");
            foreach (var (name, value) in write.Properties)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // The order of the results is not promised: they are told apart by our trace id, else by the id written to.
    private static List<ObjectWritten> ReadAnswer(JsonElement body, Batch batch, IReadOnlyList<ObjectWrite> writes)
    {
        var open = writes.ToDictionary(write => write.Id, StringComparer.Ordinal);
        var answers = new List<ObjectWritten>(writes.Count);
        foreach (var item in body.GetProperty("results").EnumerateArray())
        {
            var record = RecordJson.Read(item, false);
            var id = item.TryGetProperty("objectWriteTraceId", out var trace) && trace.ValueKind == JsonValueKind.String
                ? trace.GetString()!
                : batch.IdProperty is null ? item.GetProperty("id").GetString()! : record[batch.IdProperty];
            if (id is not null && open.Remove(id))
            {
                var isNew = batch.IsCreation
                    || (item.TryGetProperty("new", out var flag) && flag.ValueKind == JsonValueKind.True);
                answers.Add(new ObjectWritten.Done(id, record, isNew));
            }
        }

        var named = body.TryGetProperty("errors", out var errors) && errors.ValueKind == JsonValueKind.Array
            ? errors.EnumerateArray().SelectMany(ReadRefusals).ToLookup(refused => refused.Id)
            : Array.Empty<ObjectWritten.Refused>().ToLookup(refused => refused.Id);
        answers.AddRange(open.Keys.Select(
            id => named[id].FirstOrDefault() ?? new ObjectWritten.Refused(id, HubSpotReasons.NotAnswered, null)));
        return answers;
    }

    private static IEnumerable<ObjectWritten.Refused> ReadRefusals(JsonElement error)
    {
        var detail = RefusalDetail.Of(error);
        var reason = detail.Code
            ?? (error.TryGetProperty("category", out var category) ? category.GetString() ?? "UNKNOWN" : "UNKNOWN");
        var existing = error.TryGetProperty("message", out var message)
            ? HubSpotErrors.ExistingIdIn(message.GetString())
            : null;
        if (!error.TryGetProperty("context", out var context) || context.ValueKind != JsonValueKind.Object)
        {
            yield break;
        }

        foreach (var name in (string[])["objectWriteTraceId", "ids", "id"])
        {
            if (context.TryGetProperty(name, out var ids) && ids.ValueKind == JsonValueKind.Array)
            {
                foreach (var id in ids.EnumerateArray().Select(id => id.GetString()).OfType<string>())
                {
                    yield return new ObjectWritten.Refused(id, reason, existing) { Property = detail.Property };
                }
            }
        }
    }

    private sealed record Batch(string Path, string? IdProperty)
    {
        public bool IsCreation { get; init; }
    }
}
