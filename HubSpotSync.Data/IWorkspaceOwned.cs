namespace HubSpotSync.Data;

/// <summary>A row that belongs to one workspace; every query is filtered by it.</summary>
public interface IWorkspaceOwned
{
    Guid WorkspaceId { get; init; }
}
