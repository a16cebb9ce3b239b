namespace HubSpotSync.Portal.Pipelines;

/// <summary>A deal on the board, in the list or in the review.</summary>
internal sealed record DealCard
{
    public Guid Id { get; init; }
    public string? Name { get; init; }
    public decimal? Amount { get; init; }
    public string? Currency { get; init; }
    public string? PipelineId { get; init; }
    public string? StageId { get; init; }
    public string? PreviousStageId { get; init; }
    public DateTimeOffset? StageSince { get; init; }
    public DateTimeOffset? CloseDate { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public string? OwnerId { get; init; }
    public Guid? CompanyId { get; init; }
    public string? Company { get; init; }

    /// <summary><c>null</c>: HubSpot has none, or is not connected any more.</summary>
    public long? HubSpotId { get; init; }
    public bool HasInvoice { get; init; }
    public bool IsOpen { get; init; }
    public bool IsWon { get; init; }

    public string Title => Name ?? "Deal without a name";

    public bool IsToInvoice => IsWon && !HasInvoice;

    /// <param name="today">When the workspace's day began.</param>
    public bool IsOverdue(DateTimeOffset today) => IsOpen && CloseDate < today;
}

/// <summary>What the deals of one stage in one currency come to.</summary>
internal sealed record DealSum(string? StageId, string Currency, int Deals, decimal Amount);
