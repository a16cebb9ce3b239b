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
    CrmDbContext db, ConnectionSessions sessions, PageSyncer syncer)
{
    public async Task RunAsync(IReadOnlyList<ClaimedRequest> claimed, CancellationToken cancellationToken)
    {
        var first = claimed[0];
        db.EnterWorkspace(first.WorkspaceId, "engine");
        var connection = await db.Connections.AsNoTracking()
            .SingleAsync(one => one.Id == first.ConnectionId, cancellationToken);
        var lane = first.IsAsked ? BudgetLane.Person
            : claimed.All(one => one.FromHubSpot) ? BudgetLane.Webhook
            : BudgetLane.Push;
        var context = new SyncContext(connection, first.Epoch, sessions.Open(connection, lane));
        var commit = new RequestCommit(
            first.Owner,
            first.Epoch,
            [.. claimed.Select(request => request.ToVersion())]);
        RequestedRecord[] records = [.. claimed.Select(request => request.ToRecord())];
        await syncer.SyncRequestedAsync(
            context, Enum.Parse<RecordKind>(first.Kind), records, commit, cancellationToken);
    }
}
