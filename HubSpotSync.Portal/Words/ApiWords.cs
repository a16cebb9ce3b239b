using HubSpotSync.Data.Api;
using HubSpotSync.Data.OutgoingWebhooks;

namespace HubSpotSync.Portal.Words;

/// <summary>What keys allow and webhooks are told, for who sets them up.</summary>
internal static class ApiWords
{
    public static string Scope(string scope) => scope switch
    {
        ApiScopes.CrmRead => "Read customers, companies and deals",
        ApiScopes.CrmWrite => "Write customers and companies",
        ApiScopes.BillingRead => "Read invoices and payments",
        ApiScopes.BillingWrite => "Write invoices, record payments",
        ApiScopes.HubSpotRead => "See how the sync is doing",
        ApiScopes.HubSpotAdmin => "Start syncs, change rules, disconnect",
        _ => "Set up webhooks",
    };

    public static string Event(string type) => type switch
    {
        "customer.created" => "Customer created",
        "customer.updated" => "Customer changed",
        "customer.archived" => "Customer archived",
        "customer.restored" => "Customer restored",
        "customer.merged" => "Customer merged into another one",
        "customer.erased" => "Customer erased",
        "company.created" => "Company created",
        "company.updated" => "Company changed",
        "company.archived" => "Company archived",
        "company.restored" => "Company restored",
        "company.merged" => "Company merged into another one",
        "deal.created" => "Deal arrived from HubSpot",
        "deal.updated" => "Deal changed or moved",
        "deal.archived" => "Deal gone from HubSpot",
        "deal.restored" => "Deal is back",
        "deal.merged" => "Deal merged into another one",
        "invoice.created" => "Invoice drafted",
        "invoice.updated" => "Draft of an invoice changed",
        "invoice.deleted" => "Draft of an invoice deleted",
        "invoice.sent" => "Invoice sent",
        "invoice.payment_recorded" => "Payment recorded",
        "invoice.refunded" => "Payment given back",
        "invoice.paid" => "Invoice paid in full",
        "invoice.voided" => "Invoice called off",
        WebhookEvents.Test => "Test",
        _ => type,
    };

    public static (string Color, string Icon, string Word) Chip(OutgoingWebhook webhook) => webhook.State switch
    {
        OutgoingWebhookState.Off => ("secondary", "player-stop", "Switched off"),
        OutgoingWebhookState.Failed => ("red", "alert-triangle", "Switched off: nothing arrived"),
        _ when webhook.FailingSince is not null => ("orange", "hourglass", "Does not answer"),
        _ => ("green", "circle-check", "On"),
    };

    public static (string Color, string Icon, string Word) Chip(WebhookDelivery delivery) => delivery.State switch
    {
        DeliveryState.Delivered => ("green", "circle-check", "Arrived"),
        DeliveryState.Failed => ("red", "alert-triangle", "Given up"),
        _ when delivery.Attempts > 0 => ("orange", "hourglass", "Tried again soon"),
        _ => ("blue", "hourglass", "On its way"),
    };
}
