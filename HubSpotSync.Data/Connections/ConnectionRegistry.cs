using HubSpotSync.Data.Runs;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Connections;

/// <summary>Makes connections, and makes them anew after HubSpot stopped to accept them.</summary>
public sealed class ConnectionRegistry(CrmDbContext db, TokenVault vault, TimeProvider clock)
{
    /// <summary>Nobody tells us of changes in an account that was connected by a token, so we ask.</summary>
    public const string PollingSchedule = "0 0/5 * * * ?";

    /// <summary>The account of the workspace that is in use, if any; there is never a second one.</summary>
    public Task<HubSpotConnection?> FindInUseAsync(CancellationToken cancellationToken) =>
        db.Connections.AsNoTracking().FirstOrDefaultAsync(
            one => one.State != ConnectionState.Disconnected && one.State != ConnectionState.Disconnecting,
            cancellationToken);

    /// <summary>
    /// Stores the account and its encrypted tokens and asks for its contacts to be counted. The same account again
    /// keeps its links and history; a run that waited for it becomes due.
    /// </summary>
    public async Task<HubSpotConnection> ConnectAsync(NewConnection made, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        var now = clock.GetUtcNow();
        var connection = await db.Connections.SingleOrDefaultAsync(one => one.HubId == made.HubId, cancellationToken);
        if (connection is null)
        {
            db.Connections.Add(connection = new HubSpotConnection
            {
                Id = Guid.CreateVersion7(now),
                WorkspaceId = db.WorkspaceId,
                HubId = made.HubId,
                AccountName = made.AccountName,
                UiDomain = made.UiDomain,
            });
        }

        if (connection.State is ConnectionState.Disconnected or ConnectionState.Disconnecting
            || connection.Mode != made.Mode)
        {
            connection.RulesChangedAt = now; // nobody told us what happened meanwhile: a full run will
        }

        (connection.AccountName, connection.UiDomain) = (made.AccountName, made.UiDomain);
        (connection.TimeZone, connection.Currency, connection.Mode) = (made.TimeZone, made.Currency, made.Mode);
        connection.AccessToken = vault.Protect(connection, made.AccessToken);
        connection.RefreshToken = made.RefreshToken is { } refresh ? vault.Protect(connection, refresh) : null;
        connection.TokenExpiresAt = now + made.ExpiresIn;
        ComeInBy(connection, made.RefreshToken is null ? ConnectionAccess.Token : ConnectionAccess.OAuth);
        (connection.BurstLimit, connection.DailyLimit) = (made.BurstLimit, made.DailyLimit);
        (connection.Scopes, connection.ConnectedBy, connection.ConnectedAt) = (made.Scopes, made.ConnectedBy, now);
        connection.CountRequestedAt = now;
        connection.IsUnderReview |= made.IsUnderReview;
        connection.Become(ConnectionState.Connected, null, now);
        await db.SaveChangesAsync(cancellationToken);
        return connection;
    }

    /// <summary>
    /// Nothing begins any more, and what is under way may not commit: the fencing number rises, in the database, as a
    /// claim may raise it at the same moment. All of it is looked at again afterwards.
    /// </summary>
    /// <returns>Whether it was at work.</returns>
    public async Task<bool> PauseAsync(Guid connectionId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update hubspot_connections set state = {nameof(ConnectionState.Paused)}, state_reason = null,
                state_since = {clock.GetUtcNow()}, epoch = epoch + 1
              where id = {connectionId} and state = {nameof(ConnectionState.Connected)}
            """,
            cancellationToken) == 1;

    /// <summary>
    /// Raises the fencing number: a page that was looked at before ends without a trace, and no run goes on.
    /// </summary>
    public Task FenceAsync(Guid connectionId, CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"""
        with fenced as (update hubspot_connections set epoch = epoch + 1 where id = {connectionId})
        update sync_runs set state = {nameof(RunState.Cancelled)}, finished_at = now(), lease_owner = null,
            lease_until = null, wait_reason = null, wait_until = null
          where connection_id = {connectionId} and state in ('Waiting', 'Running')
        """,
        cancellationToken);

    // The schedule that nobody chose follows the way in; one that somebody chose stays.
    private static void ComeInBy(HubSpotConnection connection, ConnectionAccess access)
    {
        connection.Access = access;
        if (connection.Schedule is HubSpotConnection.NightlySchedule or PollingSchedule)
        {
            var usual = access == ConnectionAccess.Token ? PollingSchedule : HubSpotConnection.NightlySchedule;
            connection.NextRunAt = connection.Schedule == usual ? connection.NextRunAt : null;
            connection.Schedule = usual;
        }
    }
}
