using System.ComponentModel.DataAnnotations.Schema;

namespace HubSpotSync.Data.Identity;

/// <summary>A connection and the workspace to enter before touching it.</summary>
public sealed record WorkspaceConnection(
    [property: Column("workspace_id")] Guid WorkspaceId,
    [property: Column("connection_id")] Guid ConnectionId);
