using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Connect;

/// <summary>An account that waits for its person's answer, and the one whose place it would take.</summary>
/// <param name="Connected"><c>null</c>: somebody has disconnected it meanwhile.</param>
internal sealed record PendingSwitch(PendingGrant Grant, NewConnection Offered, HubSpotConnection? Connected);

/// <summary>
/// Which of two accounts it shall be. Switching is disconnecting the one and connecting the other, in one transaction:
/// whenever the process dies, either nothing has happened or both have, and the worker takes leave of the first.
/// </summary>
internal sealed class AccountSwitch(
    CrmDbContext db,
    PendingGrants grants,
    ConnectionRegistry registry,
    Disconnecting disconnecting,
    AccountStore store,
    TimeProvider clock)
{
    public async Task<(PendingSwitch? Pending, ConnectProblem? Problem)> FindAsync(
        ConnectVisitor visitor, CancellationToken cancellationToken)
    {
        // Before the grant: who presses twice is told that it was used, not that somebody else was faster.
        var connected = await registry.FindInUseAsync(cancellationToken);
        var grant = string.IsNullOrEmpty(visitor.Nonce)
            ? null
            : await grants.FindAsync(visitor.Nonce, cancellationToken);
        var problem = grant switch
        {
            null => StateProblem.Used,
            _ when grant.UserId != visitor.UserId || grant.WorkspaceId != visitor.WorkspaceId => StateProblem.Foreign,
            _ when grant.ExpiresAt <= clock.GetUtcNow() => StateProblem.Expired,
            _ => StateProblem.None,
        };
        if (grant is null || problem != StateProblem.None)
        {
            return (null, ConnectProblem.Of(problem));
        }

        if (grants.Open(grant) is not { } offered)
        {
            return (null, ConnectProblem.Of(StateProblem.Unreadable));
        }

        return connected is null || connected.Id == grant.Replaces
            ? (new PendingSwitch(grant, offered, connected), null)
            : (null, ConnectProblem.ChangedMeanwhile);
    }

    /// <returns><c>null</c>: switched. Else why not, and nothing has changed.</returns>
    public async Task<ConnectProblem?> SwitchAsync(PendingSwitch pending, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await store.LockAsync(cancellationToken);
        if (!await grants.TakeAsync(pending.Grant.Id, cancellationToken))
        {
            return ConnectProblem.Of(StateProblem.Used);
        }

        // Under the lock: somebody else may have disconnected or switched since the page was looked at.
        var connected = await registry.FindInUseAsync(cancellationToken);
        if (connected is not null && connected.Id != pending.Grant.Replaces)
        {
            return ConnectProblem.ChangedMeanwhile;
        }

        await disconnecting.BeginAsync(pending.Grant.UserId, cancellationToken);
        await store.ConnectAsync(pending.Offered with { IsUnderReview = true }, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return null;
    }

    /// <summary>Forgets what was allowed in the other account.</summary>
    public Task StayAsync(PendingSwitch pending, CancellationToken cancellationToken) =>
        grants.TakeAsync(pending.Grant.Id, cancellationToken);

    /// <summary>How many records are linked to the account.</summary>
    public Task<Dictionary<RecordKind, int>> CountLinkedAsync(Guid connectionId, CancellationToken cancellationToken) =>
        db.Links
            .Where(link => link.ConnectionId == connectionId && link.DetachedAt == null)
            .GroupBy(link => link.Kind)
            .Select(kind => new { kind.Key, Count = kind.Count() })
            .ToDictionaryAsync(kind => kind.Key, kind => kind.Count, cancellationToken);
}
