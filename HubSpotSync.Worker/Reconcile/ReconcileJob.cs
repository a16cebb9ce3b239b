using HubSpotSync.Data;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;
using HubSpotSync.Worker.Tokens;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// One run: owners and pipelines, then companies, contacts and deals, whole or as far as they have changed, then,
/// two-way, the customers that HubSpot lacks. In this order, so that what a record is associated with is there before
/// it. Each step goes on where its checkpoint is.
/// </summary>
internal sealed class ReconcileJob(
    CrmDbContext db,
    IServiceScopeFactory scopes,
    ConnectionSessions sessions,
    StructureSync structure,
    MappedFields fields,
    ListSync lists,
    FullSweep everything,
    ChangesSweep changes,
    DecidedSweep decided,
    CustomerPush push,
    OverwrittenEdits overwritten,
    Retries retries,
    TimeProvider clock)
{
    public async Task RunAsync(ClaimedRun run, CancellationToken cancellationToken)
    {
        db.EnterWorkspace(run.WorkspaceId, "engine");
        var connection = await db.Connections.AsNoTracking()
            .SingleAsync(one => one.Id == run.ConnectionId, cancellationToken);
        var book = new RunBook(run, scopes);
        await book.OpenAsync(cancellationToken);
        if (connection.ChangesSince is null && book.Depth == RunDepth.Changes)
        {
            await book.DeepenAsync(cancellationToken); // changes since when?
        }

        var isFull = book.Depth == RunDepth.Full;
        var lane = isFull ? BudgetLane.Backfill : BudgetLane.Reconcile;
        var session = sessions.Open(connection, lane, book.SayWaitAsync);
        run.Watch.Follow(session);
        var context = new SyncContext(connection, run.Epoch, session);

        await SyncStructureAsync(book, context, isFull, cancellationToken);
        await lists.RunAsync(book, context, isFull, cancellationToken);
        switch (book.Depth)
        {
            case RunDepth.Full:
                await everything.RunAsync(book, context, cancellationToken);
                break;
            case RunDepth.Decided:
                await decided.RunAsync(book, context, cancellationToken);
                break;
            default:
                var since = connection.ChangesSince!.Value; // a run without became a full one
                await changes.RunAsync(book, context, since, cancellationToken);
                break;
        }

        if (context.Policy is { WritesToHubSpot: true, IsUnderReview: false } && book.Depth != RunDepth.Decided)
        {
            await push.RunAsync(book, context, onlyNew: !isFull, cancellationToken);
            await overwritten.RunAsync(book, context, cancellationToken);
        }

        await db.Database.ExecuteSqlAsync(
            $"select ask_for_awaited({run.ConnectionId}, null)", cancellationToken);
        await retries.RunAsync(book, run, withFailing: book.Depth == RunDepth.Changes, cancellationToken);
        await RememberSuccessAsync(run, cancellationToken);
    }

    private async Task SyncStructureAsync(
        RunBook book, SyncContext context, bool isFull, CancellationToken cancellationToken)
    {
        if (!book.IsDone(RunStep.Pipelines))
        {
            await structure.SyncPipelinesAsync(context.ConnectionId, context.Session, cancellationToken);

            // Before the first record is read: whatever is modified from here on is for the next run.
            await book.RememberHubSpotTimeAsync(TimeOf(context.Session), cancellationToken);
            await book.MarkDoneAsync(RunStep.Pipelines, cancellationToken);
        }

        if (!book.IsDone(RunStep.Owners))
        {
            if (isFull)
            {
                await fields.CheckAsync(context, cancellationToken);
            }

            await structure.SyncOwnersAsync(context.ConnectionId, context.Session, isFull, cancellationToken);
            await book.MarkDoneAsync(RunStep.Owners, cancellationToken);
        }
    }

    /// <summary>By HubSpot's clock, or by ours with room for a clock that is wrong.</summary>
    private DateTimeOffset TimeOf(HubSpotSession session) =>
        session.HubSpotTime ?? clock.GetUtcNow() - TimeSpan.FromMinutes(10);

    /// <summary>Until a connection's first run is done its requests wait; now is their time.</summary>
    /// <exception cref="FenceLostException">Somebody else has the run, and has to bring it to its end.</exception>
    private async Task RememberSuccessAsync(ClaimedRun run, CancellationToken cancellationToken)
    {
        var remembered = await db.Database.ExecuteSqlAsync(
            $"""
            with woken as (select pg_notify('sync_requests', ''))
            update hubspot_connections c
              set last_success_at = now(), first_run_done_at = coalesce(c.first_run_done_at, now()),
                safety_halt = null,
                changes_since = case when r.depth = {nameof(RunDepth.Decided)} then c.changes_since
                  else r.hubspot_started_at end,
                decisions_since = case when r.depth = {nameof(RunDepth.Decided)} then r.started_at
                  else c.decisions_since end,
                full_run_at = case when r.depth = {nameof(RunDepth.Full)} then r.started_at else c.full_run_at end
              from sync_runs r, woken
              where c.id = {run.ConnectionId} and c.epoch = {run.Epoch} and r.id = {run.RunId}
            """,
            cancellationToken);
        if (remembered == 0)
        {
            throw new FenceLostException();
        }
    }
}
