namespace HubSpotSync.Data.OutgoingWebhooks;

public enum OutgoingWebhookState
{
    Active,

    /// <summary>A person switched it off.</summary>
    Off,

    /// <summary>Nothing arrived for so long that we switched it off.</summary>
    Failed,
}

/// <summary>A program's address that is told of changes.</summary>
public sealed class OutgoingWebhook : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public required string Url { get; set; }

    /// <summary>See <see cref="WebhookEvents"/>.</summary>
    public required string[] Events { get; set; }

    /// <summary>Encrypted; see <see cref="WebhookSecrets"/>.</summary>
    public required string Secret { get; set; }
    public string? PreviousSecret { get; set; }

    /// <summary>Until then deliveries are signed with the one before as well.</summary>
    public DateTimeOffset? PreviousUntil { get; set; }
    public OutgoingWebhookState State { get; set; }
    public string? StateReason { get; set; }
    public DateTimeOffset? FailingSince { get; set; }

    /// <summary>In a row.</summary>
    public int Failures { get; set; }
    public DateTimeOffset? RestingUntil { get; set; }
    public DateTimeOffset? LastSuccessAt { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
