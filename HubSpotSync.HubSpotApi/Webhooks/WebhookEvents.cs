using System.Globalization;
using System.Text.Json;
using HubSpotSync.Core.Records;

namespace HubSpotSync.HubSpotApi.Webhooks;

/// <summary>Reads the events of a call. What we did not ask for, or can't make sense of, is left out.</summary>
public static class WebhookEvents
{
    private const long LastMoment = 253_402_300_799_999; // of the year 9999, in milliseconds since 1970

    /// <exception cref="JsonException">It is not JSON, or not a list.</exception>
    public static IReadOnlyList<WebhookEvent> Read(ReadOnlyMemory<byte> body)
    {
        using var json = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 8 });
        return json.RootElement.ValueKind == JsonValueKind.Array
            ? [.. json.RootElement.EnumerateArray().SelectMany(ReadOne)]
            : throw new JsonException("A list of events was expected.");
    }

    private static IEnumerable<WebhookEvent> ReadOne(JsonElement item)
    {
        if (item.ValueKind != JsonValueKind.Object
            || Text(item, "subscriptionType")?.Split('.') is not [var type, var happening]
            || Number(item, "portalId") is not { } portal
            || Number(item, "occurredAt") is not { } occurred || occurred is < 0 or > LastMoment)
        {
            yield break;
        }

        var record = happening == "associationChange" ? Linked(item) : About(item, type);
        if (record is not ({ } kind, { } id))
        {
            yield break;
        }

        yield return new WebhookEvent(
            portal,
            kind,
            id,
            happening switch
            {
                "creation" or "propertyChange" => WebhookHappening.Modified,
                "privacyDeletion" => WebhookHappening.Erased,
                _ => WebhookHappening.Moved,
            },
            DateTimeOffset.FromUnixTimeMilliseconds(occurred),
            Text(item, "changeSource") == "INTEGRATION" && Text(item, "sourceId") is { } source
                && source == Number(item, "appId")?.ToString(CultureInfo.InvariantCulture),
            string.Create(
                CultureInfo.InvariantCulture,
                $"{type}.{happening}:{id}:{Number(item, "eventId")}:{occurred}:{Text(item, "propertyName")}"));
    }

    private static (RecordKind? Kind, long? Id) About(JsonElement item, string type) =>
        (KindOf(type == "object" ? Text(item, "objectTypeId") : type), Number(item, "objectId"));

    /// <summary>The side that we keep the link on: the deal's, or else the contact's.</summary>
    private static (RecordKind? Kind, long? Id) Linked(JsonElement item)
    {
        var name = Text(item, "associationType")?.Split("_TO_");
        var from = KindOf(Text(item, "fromObjectTypeId") ?? name?[0].ToLowerInvariant());
        var to = KindOf(Text(item, "toObjectTypeId") ?? name?.ElementAtOrDefault(1)?.ToLowerInvariant());
        return (from, to) switch
        {
            (RecordKind.Deal, not null) => (from, Number(item, "fromObjectId")),
            (not null, RecordKind.Deal) => (to, Number(item, "toObjectId")),
            (RecordKind.Contact, RecordKind.Company) => (from, Number(item, "fromObjectId")),
            (RecordKind.Company, RecordKind.Contact) => (to, Number(item, "toObjectId")),
            _ => (null, null),
        };
    }

    private static RecordKind? KindOf(string? type) => type switch
    {
        "contact" or "0-1" => RecordKind.Contact,
        "company" or "0-2" => RecordKind.Company,
        "deal" or "0-3" => RecordKind.Deal,
        _ => null,
    };

    private static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Number(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt64(out var number)
            ? number
            : null;
}
