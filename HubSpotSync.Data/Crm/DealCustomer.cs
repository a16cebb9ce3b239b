namespace HubSpotSync.Data.Crm;

/// <summary>A person named on a deal.</summary>
public sealed class DealCustomer : IWorkspaceOwned
{
    public Guid WorkspaceId { get; init; }
    public Guid DealId { get; init; }
    public Deal? Deal { get; init; }
    public Guid CustomerId { get; init; }
}
