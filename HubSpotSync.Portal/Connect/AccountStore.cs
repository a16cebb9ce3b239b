using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Connect;

/// <summary>Keeps an account that let us in, however it did: one row, and a run that waited goes on.</summary>
internal sealed class AccountStore(CrmDbContext db, ConnectionRegistry registry, AuditLog audit, TimeProvider clock)
{
    /// <returns><c>null</c>: connected. Else why not, and nothing was stored.</returns>
    public async Task<ConnectProblem?> StoreAsync(NewConnection made, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        // Two who connect at once go one after the other, so that there is never a second account.
        await db.Database.ExecuteSqlAsync(
            $"select 1 from workspaces where id = {db.WorkspaceId} for update", cancellationToken);
        if (await registry.FindOtherAsync(made.HubId, cancellationToken) is { } other)
        {
            return ConnectProblem.OtherAccount(
                $"{other.AccountName} ({other.HubId})", $"{made.AccountName} ({made.HubId})");
        }

        var isNew = !await db.Connections.AnyAsync(row => row.HubId == made.HubId, cancellationToken);
        audit.Add(
            made.ConnectedBy,
            isNew ? "hubspot.connected" : "hubspot.reconnected",
            subject: $"hub {made.HubId}",
            after: new
            {
                PortalId = made.HubId,
                mode = made.Mode.ToString(),
                by = made.RefreshToken is null ? "pasted token" : "consent in HubSpot",
                made.Scopes,
            });
        var connection = await registry.ConnectAsync(made, cancellationToken);
        await WakeWaitingRunAsync(connection.Id, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    // A run that waited for the connection goes on at once.
    private Task<int> WakeWaitingRunAsync(Guid connectionId, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        return db.Runs
            .Where(run => run.ConnectionId == connectionId
                && (run.State == RunState.Waiting || run.State == RunState.Running))
            .ExecuteUpdateAsync(
                set => set.SetProperty(run => run.DueAt, now)
                    .SetProperty(run => run.WaitReason, (string?)null)
                    .SetProperty(run => run.WaitUntil, (DateTimeOffset?)null),
                cancellationToken);
    }
}
