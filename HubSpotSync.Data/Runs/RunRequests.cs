using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Data.Runs;

/// <summary>
/// Asks for runs. A connection has at most one that is not finished: asking twice gives the same one.
/// </summary>
public sealed class RunRequests(CrmDbContext db, TimeProvider clock)
{
    /// <returns>The run that was made, or the one that is already under way.</returns>
    public async Task<SyncRun> RequestAsync(
        Guid connectionId, RunTrigger trigger, Guid? requestedBy, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var run = new SyncRun
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = db.WorkspaceId,
            ConnectionId = connectionId,
            Trigger = trigger,
            State = RunState.Waiting,
            RequestedBy = requestedBy,
            RequestedAt = now,
            DueAt = now,
        };
        db.Runs.Add(run);
        try
        {
            await db.SaveChangesAsync(cancellationToken);
            return run;
        }
        catch (DbUpdateException error) when (error.Violates(SyncRun.ActiveIndex))
        {
            db.Entry(run).State = EntityState.Detached;
            return await db.Runs.FirstAsync(
                other => other.ConnectionId == connectionId
                    && (other.State == RunState.Waiting || other.State == RunState.Running),
                cancellationToken);
        }
    }
}
