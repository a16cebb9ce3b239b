namespace HubSpotSync.Data.Billing;

/// <summary>Something that happened to a customer, a company, a deal or a paper, for their timelines.</summary>
public sealed class Activity : IWorkspaceOwned
{
    public long Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public Guid? CustomerId { get; init; }
    public Guid? CompanyId { get; init; }
    public Guid? DealId { get; init; }
    public Guid? InvoiceId { get; init; }
    public Guid? ProposalId { get; init; }

    /// <summary>A dotted name such as <c>invoice.sent</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What a person wrote, where it is that.</summary>
    public string? Text { get; init; }

    /// <summary>What the kind's sentence needs: number, amount, currency.</summary>
    public Dictionary<string, string> Params { get; init; } = [];

    /// <summary>What an edit changed, as JSON: field → [before, after].</summary>
    public string? Fields { get; init; }

    /// <summary><c>null</c>: the buyer, or the product itself.</summary>
    public Guid? By { get; init; }
    public DateTimeOffset At { get; init; }
}
