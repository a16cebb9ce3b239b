namespace HubSpotSync.Data.OutgoingWebhooks;

public enum DeliveryState
{
    Waiting,
    Delivered,

    /// <summary>Given up.</summary>
    Failed,
}

/// <summary>One telling of one webhook: which record, which fields, and no values.</summary>
public sealed class WebhookDelivery : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid WebhookId { get; init; }
    public OutgoingWebhook? Webhook { get; init; }

    /// <summary>The same for each webhook and each try, so that whoever is told twice can know.</summary>
    public Guid EventId { get; init; }
    public required string Type { get; init; }
    public Guid? RecordId { get; init; }
    public string[] Changed { get; init; } = [];
    public DateTimeOffset OccurredAt { get; init; }
    public DeliveryState State { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; set; }
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public int? LastStatus { get; set; }

    /// <summary>In words.</summary>
    public string? LastError { get; set; }
    public DateTimeOffset? LastTriedAt { get; set; }
    public int? Milliseconds { get; set; }
}
