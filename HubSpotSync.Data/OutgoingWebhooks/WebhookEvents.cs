namespace HubSpotSync.Data.OutgoingWebhooks;

/// <summary>What webhooks can be told of; the database's triggers name the same.</summary>
public static class WebhookEvents
{
    /// <summary>Sent by a person who wants to see whether it arrives.</summary>
    public const string Test = "webhook.test";

    public static IReadOnlyList<string> All { get; } =
    [
        "customer.created", "customer.updated", "customer.archived", "customer.restored", "customer.merged",
        "customer.erased",
        "company.created", "company.updated", "company.archived", "company.restored", "company.merged",
        "deal.created", "deal.updated", "deal.archived", "deal.restored", "deal.merged",
        "invoice.created", "invoice.updated", "invoice.deleted", "invoice.sent", "invoice.payment_recorded",
        "invoice.refunded", "invoice.paid", "invoice.voided",
    ];
}
