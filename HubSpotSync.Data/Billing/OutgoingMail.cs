namespace HubSpotSync.Data.Billing;

public enum MailState
{
    Waiting,
    Sent,

    /// <summary>Refused for good, or too often.</summary>
    Failed,

    /// <summary>Given to the mail server, and no answer came: it may have left. Never sent again by itself.</summary>
    Unknown,
}

/// <summary>
/// An e-mail with a paper attached, or an invitation; written with the change it tells of, sent afterwards.
/// </summary>
public sealed class OutgoingMail : IWorkspaceOwned
{
    public const string PrimaryKey = "outgoing_mails_pkey";

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid? InvoiceId { get; init; }
    public Guid? ProposalId { get; init; }

    /// <summary>Of an invitation.</summary>
    public Guid? UserLinkId { get; init; }

    /// <summary>Encrypted; see <see cref="MailSecrets"/>. Gone once the mail has left or never will.</summary>
    public string? Secret { get; init; }
    public string? Recipient { get; init; }
    public required string Subject { get; init; }
    public required string Body { get; init; }
    public MailState State { get; set; }
    public DateTimeOffset DueAt { get; set; }
    public int Attempts { get; init; }
    public string? LeaseOwner { get; set; }
    public DateTimeOffset? LeaseUntil { get; set; }
    public DateTimeOffset? HandedAt { get; set; }
    public DateTimeOffset? SentAt { get; set; }
    public string? LastError { get; set; }
    public Guid? CreatedBy { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
