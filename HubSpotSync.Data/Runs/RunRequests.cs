using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Runs;

/// <summary>
/// Asks for runs. A connection has at most one that is not finished: asking twice gives the same one.
/// </summary>
public sealed class RunRequests(CrmDbContext db, TimeProvider clock)
{
    /// <param name="depth">A run that waits becomes a full one where one is asked for.</param>
    /// <returns>The run that was made, or the one that is already under way.</returns>
    public async Task<SyncRun> RequestAsync(
        Guid connectionId,
        RunTrigger trigger,
        RunDepth depth,
        Guid? requestedBy,
        CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var id = Guid.CreateVersion7(now);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into sync_runs as r (id, workspace_id, connection_id, trigger, depth, state, requested_by,
                requested_at, due_at)
              values ({id}, {db.WorkspaceId}, {connectionId}, {trigger.ToString()},
                {depth.ToString()}, {nameof(RunState.Waiting)}, {requestedBy}, {now}, {now})
              on conflict (connection_id) where state in ('Waiting', 'Running') do update set depth = excluded.depth
                where r.started_at is null and r.depth = {nameof(RunDepth.Changes)}
            """,
            cancellationToken);
        return await db.Runs.OrderByDescending(run => run.RequestedAt).FirstAsync(
            run => run.ConnectionId == connectionId
                && (run.State == RunState.Waiting || run.State == RunState.Running || run.Id == id),
            cancellationToken);
    }
}
