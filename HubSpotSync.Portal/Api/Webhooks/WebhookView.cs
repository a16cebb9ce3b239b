using System.ComponentModel;
using HubSpotSync.Data.OutgoingWebhooks;

namespace HubSpotSync.Portal.Api.Webhooks;

internal sealed record WebhookView(
    Guid Id, string Url, IReadOnlyList<string> Events, OutgoingWebhookState State, string? StateReason,
    DateTimeOffset? FailingSince, DateTimeOffset? LastSuccessAt, DateTimeOffset CreatedAt)
{
    public static WebhookView Of(OutgoingWebhook webhook) => new(
        webhook.Id, webhook.Url, webhook.Events, webhook.State, webhook.StateReason, webhook.FailingSince,
        webhook.LastSuccessAt, webhook.CreatedAt);
}

/// <summary>A webhook whose secret is new: it is told once.</summary>
internal sealed record WebhookWithSecret(
    WebhookView Webhook,
    [property: Description("Signs every delivery. It is told now and never again.")] string Secret);

internal sealed record WebhooksView(IReadOnlyList<WebhookView> Data);

internal sealed record DeliveryView(
    Guid Id, Guid EventId, string Type, Guid? RecordId, IReadOnlyList<string> Changed, DateTimeOffset OccurredAt,
    DeliveryState State, int Attempts, int? LastStatus, string? LastError, DateTimeOffset? LastTriedAt,
    DateTimeOffset? NextTryAt)
{
    public static DeliveryView Of(WebhookDelivery row) => new(
        row.Id, row.EventId, row.Type, row.RecordId, row.Changed, row.OccurredAt, row.State, row.Attempts,
        row.LastStatus, row.LastError, row.LastTriedAt, row.State == DeliveryState.Waiting ? row.DueAt : null);
}

internal sealed record NewWebhookInput
{
    [Description("An https address of the internet.")]
    public required string Url { get; init; }

    [Description("Names of events, such as customer.updated, company.created, deal.updated and invoice.paid.")]
    public required List<string> Events { get; init; }
}

/// <summary>What is not given stays as it is.</summary>
internal sealed record WebhookInput
{
    public string? Url { get; init; }
    public List<string>? Events { get; init; }

    [Description("Whether it is told anything. Switching it on also lets what waits go on.")]
    public bool? IsOn { get; init; }
}
