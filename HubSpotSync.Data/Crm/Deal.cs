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
