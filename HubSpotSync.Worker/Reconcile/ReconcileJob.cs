using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Runs;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Runs;
using HubSpotSync.Worker.Syncing;
using HubSpotSync.Worker.Tokens;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Reconcile;

/// <summary>
/// Everything once: owners, pipelines, companies, contacts, deals, and, two-way, the customers that HubSpot lacks. In
/// this order, so that what a record is associated with is there before it. Each step goes on where its checkpoint is.
/// </summary>
internal sealed class ReconcileJob(
    CrmDbContext db,
    IServiceScopeFactory scopes,
    WorkerIdentity worker,
    ConnectionSessions sessions,
    StructureSync structure,
    ReconcileReads reads,
    PageSyncer syncer)
{
    public async Task RunAsync(ClaimedRun run, CancellationToken cancellationToken)
    {
        db.EnterWorkspace(run.WorkspaceId, "engine");
        var connection = await db.Connections.AsNoTracking()
            .SingleAsync(one => one.Id == run.ConnectionId, cancellationToken);
        var book = new RunBook(run, scopes, worker);
        await book.OpenAsync(cancellationToken);
        var session = sessions.Open(connection, BudgetLane.Backfill, book.SayWaitAsync);
        var policy = new SyncPolicy(connection.Mode, [.. connection.LifecycleStages]);
        var context = new SyncContext(connection.Id, policy, session);

        await CountAsync(book, context, cancellationToken);
        await SyncStructureAsync(book, context, cancellationToken);
        await ReadAllAsync(book, context, RunStep.Companies, RecordKind.Company, cancellationToken);
        await ReadAllAsync(book, context, RunStep.Contacts, RecordKind.Contact, cancellationToken);
        await ReadAllAsync(book, context, RunStep.Deals, RecordKind.Deal, cancellationToken);
        if (policy.Mode == SyncMode.TwoWay)
        {
            await PushAsync(book, context, cancellationToken);
        }

        await RememberSuccessAsync(run, cancellationToken);
    }

    private async Task CountAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        if (!book.IsCounted)
        {
            await book.SetTotalAsync(await reads.CountAsync(context, cancellationToken), cancellationToken);
        }
    }

    private async Task SyncStructureAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        if (!book.IsDone(RunStep.Owners))
        {
            await structure.SyncOwnersAsync(context.ConnectionId, context.Session, cancellationToken);
            await book.MarkDoneAsync(RunStep.Owners, cancellationToken);
        }

        if (!book.IsDone(RunStep.Pipelines))
        {
            await structure.SyncPipelinesAsync(context.ConnectionId, context.Session, cancellationToken);
            await book.MarkDoneAsync(RunStep.Pipelines, cancellationToken);
        }
    }

    /// <summary>The next page is read while this one is written.</summary>
    private async Task ReadAllAsync(
        RunBook book, SyncContext context, RunStep step, RecordKind kind, CancellationToken cancellationToken)
    {
        if (book.IsDone(step))
        {
            return;
        }

        var next = reads.ListAsync(context, kind, book.CursorOf(step), cancellationToken);
        while (true)
        {
            var page = await next;
            var isLast = page.Next is null;
            next = isLast ? next : reads.ListAsync(context, kind, page.Next, cancellationToken);
            try
            {
                var progress = book.Progress(step, page.Next, isLast);
                await syncer.SyncInwardAsync(context, kind, page.Records, progress, cancellationToken);
            }
            catch
            {
                // Leave no read behind unobserved.
                await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                throw;
            }

            if (isLast)
            {
                return;
            }
        }
    }

    private async Task PushAsync(RunBook book, SyncContext context, CancellationToken cancellationToken)
    {
        if (book.IsDone(RunStep.Push))
        {
            return;
        }

        // Many customers that were unlinked when the run was counted are linked by now.
        await book.SetLeftAsync(await reads.CountUnlinkedAsync(context, cancellationToken), cancellationToken);
        await structure.EnsureOwnIdPropertyAsync(context.Session, cancellationToken);
        var after = book.CursorOf(RunStep.Push) is { } cursor ? Guid.Parse(cursor) : Guid.Empty;
        while (true)
        {
            var page = await reads.ReadUnlinkedAsync(context, after, cancellationToken);
            var isLast = page.Count < ObjectReader.PageSize;
            after = page.Count == 0 ? after : page[^1].Id;
            var progress = book.Progress(RunStep.Push, after.ToString(), isLast);
            await syncer.SyncOutwardAsync(context, RecordKind.Contact, page, progress, cancellationToken);
            if (isLast)
            {
                return;
            }
        }
    }

    private Task RememberSuccessAsync(ClaimedRun run, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update hubspot_connections
              set last_success_at = now(), first_run_done_at = coalesce(first_run_done_at, now())
              where id = {run.ConnectionId} and epoch = {run.Epoch}
            """,
            cancellationToken);
}
