using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Access;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Connect;

/// <summary>Keeps an account that let us in, however it did: one row, and a run that waited goes on.</summary>
internal sealed class AccountStore(
    CrmDbContext db, ConnectionRegistry registry, PendingGrants grants, AuditLog audit, TimeProvider clock)
{
    public async Task<ConnectAnswer> StoreAsync(NewConnection made, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await LockAsync(cancellationToken);
        var nonce = await registry.FindInUseAsync(cancellationToken) is { } used && used.HubId != made.HubId
            ? await grants.KeepAsync(used.Id, made, cancellationToken)
            : null;
        if (nonce is null)
        {
            await ConnectAsync(made, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return nonce is null
            ? new ConnectAnswer.Connected($"{made.AccountName} ({made.HubId})")
            : new ConnectAnswer.Asks(nonce);
    }

    /// <summary>
    /// Two who connect at once go one after the other, so that there is never a second account in use. Whoever writes
    /// what belongs to the workspace goes on: a page of a run does, and holds the connection that we are to change.
    /// </summary>
    public Task LockAsync(CancellationToken cancellationToken) => db.Database.ExecuteSqlAsync(
        $"select 1 from workspaces where id = {db.WorkspaceId} for no key update", cancellationToken);

    /// <summary>In the transaction of the caller, who holds the lock.</summary>
    public async Task ConnectAsync(NewConnection made, CancellationToken cancellationToken)
    {
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
