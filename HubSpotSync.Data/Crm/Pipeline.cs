namespace HubSpotSync.Data.Crm;

/// <summary>A deal pipeline as HubSpot has it, with HubSpot's own id and order.</summary>
public sealed class Pipeline : IWorkspaceOwned
{
    public Guid ConnectionId { get; init; }
    public required string Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public required string Label { get; set; }
    public int DisplayOrder { get; set; }
}
