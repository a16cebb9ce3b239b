namespace HubSpotSync.Data.Crm;

/// <summary>A stage of a deal pipeline. Won: closed with probability 1; lost: closed with 0.</summary>
public sealed class Stage : IWorkspaceOwned
{
    public Guid ConnectionId { get; init; }
    public required string PipelineId { get; init; }
    public required string Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public required string Label { get; set; }
    public int DisplayOrder { get; set; }
    public bool IsClosed { get; set; }

    /// <summary>0 to 1.</summary>
    public decimal Probability { get; set; }

    public bool IsWon => IsClosed && Probability >= 1;
}
