namespace HubSpotSync.Data.Billing;

public enum PaymentKind
{
    Payment,
    Refund,
}

/// <summary>Money that came in for an invoice, or went back of what had come in. Written once.</summary>
public sealed class Payment : IWorkspaceOwned
{
    public const string PrimaryKey = "payments_pkey";

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid InvoiceId { get; init; }
    public Invoice? Invoice { get; init; }
    public PaymentKind Kind { get; init; }

    /// <summary>Above zero, both ways.</summary>
    public decimal Amount { get; init; }
    public DateOnly PaidOn { get; init; }
    public required string Method { get; init; }
    public string? Reference { get; init; }

    /// <summary>The payment that goes back with this refund, wholly or in part.</summary>
    public Guid? RefundOf { get; init; }
    public Guid? RecordedBy { get; init; }
    public DateTimeOffset RecordedAt { get; init; }
}
