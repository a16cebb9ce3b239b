using System.Text.Json;
using HubSpotSync.Data.OutgoingWebhooks;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>What a webhook is told: that a record needs a look, and where. Never its values.</summary>
internal static class WebhookMessage
{
    public static byte[] Of(WebhookDelivery delivery) => JsonSerializer.SerializeToUtf8Bytes(
        new
        {
            id = delivery.EventId,
            type = delivery.Type,
            timestamp = delivery.OccurredAt,
            data = new
            {
                id = delivery.RecordId,
                path = PathOf(delivery),
                changed = delivery.Changed,
            },
        },
        JsonSerializerOptions.Web);

    public static string? PathOf(WebhookDelivery delivery) => (delivery.RecordId, delivery.Type.Split('.')[0]) switch
    {
        ({ } id, "customer") => $"/api/customers/{id}",
        ({ } id, "company") => $"/api/companies/{id}",
        ({ } id, "deal") => $"/api/deals/{id}",
        ({ } id, "invoice") => $"/api/invoices/{id}",
        _ => null,
    };
}
