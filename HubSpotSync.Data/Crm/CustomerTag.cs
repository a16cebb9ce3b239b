namespace HubSpotSync.Data.Crm;

public sealed class CustomerTag : IWorkspaceOwned
{
    public Guid WorkspaceId { get; init; }
    public Guid CustomerId { get; init; }
    public Guid TagId { get; init; }
    public Tag? Tag { get; init; }
}
