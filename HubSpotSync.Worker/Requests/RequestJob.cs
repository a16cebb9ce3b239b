using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;
using HubSpotSync.Worker.Tokens;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Requests;

/// <summary>
/// Looks at records that were asked for, up to a page at once. Repeating it is harmless: new records carry
/// our own id, which HubSpot keeps unique, and what both sides hold already is not written again.
/// </summary>
internal sealed class RequestJob(
    CrmDbContext db,
    ConnectionSessions sessions,
    PageSyncer syncer,
    RequestBudget budget,
    RequestClaims claims,
    RequestSignals signals)
{
    public async Task RunAsync(IReadOnlyList<ClaimedRequest> claimed, CancellationToken cancellationToken)
    {
        var first = claimed[0];
        db.EnterWorkspace(first.WorkspaceId, "engine");
        await db.Database.OpenConnectionAsync(cancellationToken); // for the whole look: opening asks Postgres as well
        var connection = await db.Connections.AsNoTracking()
            .SingleAsync(one => one.Id == first.ConnectionId, cancellationToken);
        var lane = first.IsAsked ? BudgetLane.Person
            : claimed.All(one => one.LocalId is null) ? BudgetLane.Webhook
            : BudgetLane.Push;
        if (lane != BudgetLane.Person && await GatherAsync(connection.HubId, claimed, cancellationToken))
        {
            return;
        }

        var context = new SyncContext(connection, first.Epoch, sessions.Open(connection, lane));
        var commit = new RequestCommit(
            first.Owner,
            first.Epoch,
            [.. claimed.Select(request => request.ToVersion())]);
        RequestedRecord[] records = [.. claimed.Select(request => request.ToRecord())];
        await syncer.SyncRequestedAsync(
            context, Enum.Parse<RecordKind>(first.Kind), records, commit, cancellationToken);
    }

    /// <summary>While others use HubSpot's limit as well, few requests wait for more to share a call with.</summary>
    private async Task<bool> GatherAsync(
        long hubId, IReadOnlyList<ClaimedRequest> claimed, CancellationToken cancellationToken)
    {
        if (claimed.Count == RequestClaims.Most)
        {
            return false; // no more go into a call
        }

        // What was changed here is read and written; what HubSpot tells of is only read, and who is new only written.
        var calls = claimed.Any(request => request is { HubSpotId: not null, LocalId: not null }) ? 2 : 1;
        var wait = await budget.GatherAsync(hubId, RateLimit.Burst, calls);
        if (wait <= RequestClaims.Early)
        {
            return false;
        }

        await claims.GatherAsync(claimed, wait, cancellationToken);
        signals.WakeIn(wait);
        return true;
    }
}
