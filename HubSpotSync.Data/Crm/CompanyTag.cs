namespace HubSpotSync.Data.Crm;

public sealed class CompanyTag : IWorkspaceOwned
{
    public Guid WorkspaceId { get; init; }
    public Guid CompanyId { get; init; }
    public Guid TagId { get; init; }
    public Tag? Tag { get; init; }
}
