using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Progress;

internal enum StartAnswer
{
    Started,
    NotConnected,

    /// <summary>Nothing comes before somebody chose what.</summary>
    NothingChosen,
}

/// <summary>Starts and stops runs for people.</summary>
internal sealed class RunSteps(CrmDbContext db, WorkspaceShell shell, RunRequests runs, AuditLog audit)
{
    public async Task<(StartAnswer Answer, SyncRun? Run)> StartAsync(
        RunDepth depth, Guid? userId, CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (state.Connection is not { State: ConnectionState.Connected } connection)
        {
            return (StartAnswer.NotConnected, null);
        }

        if (connection.FirstRunDoneAt is null && state.ActiveRun is null)
        {
            return (StartAnswer.NothingChosen, null);
        }

        var run = await runs.RequestAsync(
            connection.Id, RunTrigger.Manual, depth, userId, cancellationToken);
        audit.Add(userId, "hubspot.sync_requested", subject: run.Id.ToString());
        await db.SaveChangesAsync(cancellationToken);
        return (StartAnswer.Started, run);
    }

    /// <summary>The page under way is finished; nothing is taken back.</summary>
    /// <returns>Whether there was a run to stop.</returns>
    public async Task<bool> StopAsync(Guid? userId, CancellationToken cancellationToken)
    {
        var stopped = await db.Runs
            .Where(run => (run.State == RunState.Waiting || run.State == RunState.Running) && !run.CancelRequested)
            .ExecuteUpdateAsync(set => set.SetProperty(run => run.CancelRequested, true), cancellationToken);
        if (stopped > 0)
        {
            audit.Add(userId, "hubspot.sync_stopped");
            await db.SaveChangesAsync(cancellationToken);
        }

        return stopped > 0;
    }
}
