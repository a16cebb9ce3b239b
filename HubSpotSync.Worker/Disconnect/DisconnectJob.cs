using System.Security.Cryptography;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.OAuth;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Disconnect;

/// <summary>
/// Takes leave of an account: nothing that is under way may commit any more, HubSpot is asked to forget our token, then
/// tokens, queue and schedule are deleted. Customers, links and history stay. Every step is a delete or a set, so
/// whoever dies in between is followed by the next one.
/// </summary>
internal sealed class DisconnectJob(
    CrmDbContext db, ConnectionRegistry registry, HubSpotOAuth oauth, TokenVault vault, TimeProvider clock)
{
    /// <summary>Then we go on without having told HubSpot, and say so.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(10);

    /// <returns>Whether it is done.</returns>
    public async Task<bool> RunAsync(WorkspaceConnection which, CancellationToken cancellationToken)
    {
        db.EnterWorkspace(which.WorkspaceId, "engine");
        var connection = await db.Connections.SingleAsync(one => one.Id == which.ConnectionId, cancellationToken);
        if (connection.State != ConnectionState.Disconnecting)
        {
            return true; // another worker was faster, or somebody connected again
        }

        await registry.FenceAsync(connection.Id, cancellationToken);
        var told = await TellHubSpotAsync(connection, cancellationToken);
        if (!told && clock.GetUtcNow() - connection.StateSince < LongestWait)
        {
            return false;
        }

        await ForgetAsync(connection, told, cancellationToken);
        return true;
    }

    private async Task<bool> TellHubSpotAsync(HubSpotConnection connection, CancellationToken cancellationToken)
    {
        if (connection.RefreshToken is null)
        {
            return true;
        }

        try
        {
            await oauth.RevokeAsync(vault.Unprotect(connection, connection.RefreshToken), cancellationToken);
            return true;
        }
        catch (HubSpotUnavailableException)
        {
            return false;
        }
        catch (Exception error) when (error is OAuthException or CryptographicException)
        {
            return true; // HubSpot does not know it any more, or we can't read it: nothing is left to revoke
        }
    }

    private async Task ForgetAsync(HubSpotConnection connection, bool told, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"delete from sync_requests where connection_id = {connection.Id}", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"delete from webhook_receipts where connection_id = {connection.Id}", cancellationToken);
        await db.Entry(connection).ReloadAsync(cancellationToken);
        if (connection.State == ConnectionState.Disconnecting)
        {
            (connection.AccessToken, connection.RefreshToken) = (null, null);
            (connection.TokenExpiresAt, connection.NextRunAt) = (null, null);
            connection.ChangesSince = null;
            connection.Become(
                ConnectionState.Disconnected,
                told ? null : "HubSpot could not be told. Remove the app in HubSpot's settings as well.",
                clock.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
    }
}
