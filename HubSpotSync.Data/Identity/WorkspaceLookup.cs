using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Identity;

/// <summary>
/// The few questions that come before a workspace is known. Each is a function in the database that runs with its
/// owner's rights and answers with an id and nothing else.
/// </summary>
public sealed class WorkspaceLookup(CrmDbContext db)
{
    public Task<Guid?> FindByEmailAsync(string normalizedEmail, CancellationToken cancellationToken) =>
        FindAsync($"""select workspace_of_email({normalizedEmail}) as "Value" """, cancellationToken);

    public Task<Guid?> FindByUserAsync(Guid userId, CancellationToken cancellationToken) =>
        FindAsync($"""select workspace_of_user({userId}) as "Value" """, cancellationToken);

    /// <summary>Where the link leads whose code has this hash.</summary>
    public Task<Guid?> FindByLinkAsync(byte[] codeHash, CancellationToken cancellationToken) =>
        FindAsync($"""select workspace_of_user_link({codeHash}) as "Value" """, cancellationToken);

    /// <summary>The workspace that waits for its first user, or <c>null</c> once there is an owner.</summary>
    public Task<Guid?> FindForSetupAsync(CancellationToken cancellationToken) =>
        FindAsync($"""select workspace_for_setup() as "Value" """, cancellationToken);

    /// <summary>Every connection that is in use, over all workspaces.</summary>
    public Task<List<WorkspaceConnection>> ListConnectedAsync(CancellationToken cancellationToken) =>
        db.Database.SqlQuery<WorkspaceConnection>($"select workspace_id, connection_id from connections_connected()")
            .ToListAsync(cancellationToken);

    /// <summary>Connections whose contacts wait to be counted by stage.</summary>
    public Task<List<WorkspaceConnection>> ListToCountAsync(CancellationToken cancellationToken) =>
        db.Database.SqlQuery<WorkspaceConnection>($"select workspace_id, connection_id from connections_to_count()")
            .ToListAsync(cancellationToken);

    /// <summary>Connections about whose HubSpot account somebody wants to know something.</summary>
    public Task<List<WorkspaceConnection>> ListAskedAboutAsync(CancellationToken cancellationToken) =>
        db.Database.SqlQuery<WorkspaceConnection>($"select workspace_id, connection_id from connections_asked_about()")
            .ToListAsync(cancellationToken);

    /// <summary>Connections whose next run may have to be asked for.</summary>
    public Task<List<WorkspaceConnection>> ListWithDueScheduleAsync(CancellationToken cancellationToken) =>
        db.Database.SqlQuery<WorkspaceConnection>($"select workspace_id, connection_id from schedules_due()")
            .ToListAsync(cancellationToken);

    /// <summary>Who is connected to this HubSpot account.</summary>
    public Task<List<WorkspaceConnection>> ListOfHubAsync(long hubId, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<WorkspaceConnection>(
            $"select workspace_id, connection_id from connections_of_hub({hubId})").ToListAsync(cancellationToken);

    /// <summary>Connections that somebody has ended.</summary>
    public Task<List<WorkspaceConnection>> ListDisconnectingAsync(CancellationToken cancellationToken) =>
        db.Database.SqlQuery<WorkspaceConnection>(
            $"select workspace_id, connection_id from connections_disconnecting()").ToListAsync(cancellationToken);

    private async Task<Guid?> FindAsync(FormattableString sql, CancellationToken cancellationToken) =>
        await db.Database.SqlQuery<Guid?>(sql).SingleAsync(cancellationToken);
}
