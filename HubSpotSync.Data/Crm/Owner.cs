namespace HubSpotSync.Data.Crm;

/// <summary>A HubSpot user who owns records there; archived ones are kept, because records still name them.</summary>
public sealed class Owner : IWorkspaceOwned
{
    public Guid ConnectionId { get; init; }
    public required string Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public string? Email { get; set; }
    public string? FirstName { get; set; }
    public string? LastName { get; set; }
    public bool IsArchived { get; set; }
}
