namespace HubSpotSync.Data.Crm;

public sealed class Deal : IWorkspaceOwned
{
    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public string? Name { get; set; }
    public decimal? Amount { get; set; }

    /// <summary>ISO 4217.</summary>
    public string? Currency { get; set; }
    public string? PipelineId { get; set; }
    public string? StageId { get; set; }

    /// <summary>When it was seen to move to its stage; <c>null</c>: it came with it. Kept by the database.</summary>
    public DateTimeOffset? StageSince { get; private set; }

    /// <summary>The stage of the same pipeline from which it moved; kept by the database.</summary>
    public string? PreviousStageId { get; private set; }
    public DateTimeOffset? CloseDate { get; set; }
    public string? HubspotOwnerId { get; set; }
    public Guid? CompanyId { get; set; }
    public Company? Company { get; set; }
    public string Source { get; init; } = "local";
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset UpdatedAt { get; set; }
    public DateTimeOffset? ArchivedAt { get; set; }
    public uint Version { get; private set; }
}
