using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Connect;

/// <summary>
/// Ends the connection: from here on nothing of it commits any more. The worker does the rest: it takes leave of
/// HubSpot and deletes the tokens.
/// </summary>
internal sealed class Disconnecting(
    CrmDbContext db, ConnectionRegistry registry, AuditLog audit, TimeProvider clock)
{
    /// <returns>Whether there was one to end.</returns>
    public async Task<bool> BeginAsync(Guid? userId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        var connection = await db.Connections.FirstOrDefaultAsync(
            one => one.State == ConnectionState.Connected || one.State == ConnectionState.NeedsReconnection
                || one.State == ConnectionState.Paused,
            cancellationToken);
        if (connection is null)
        {
            return false;
        }

        connection.Become(ConnectionState.Disconnecting, null, clock.GetUtcNow());
        audit.Add(userId, "hubspot.disconnected", $"hub {connection.HubId}");
        await db.SaveChangesAsync(cancellationToken);
        await registry.FenceAsync(connection.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return true;
    }
}
