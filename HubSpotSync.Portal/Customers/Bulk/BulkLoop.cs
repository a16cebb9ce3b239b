using HubSpotSync.Data;
using HubSpotSync.Portal.Loops;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Bulk;

/// <summary>Does the work on many records, whichever portal it was asked of.</summary>
internal sealed partial class BulkLoop(
    IServiceScopeFactory scopes,
    LoopSignal<BulkLoop> signal,
    TimeProvider clock,
    ILogger<BulkLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly string _owner = Guid.NewGuid().ToString("N");

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                while (await DoOneAsync(stoppingToken))
                {
                }

                await signal.WaitAsync(Interval, clock, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
    }

    private async Task<bool> DoOneAsync(CancellationToken cancellationToken)
    {
        ClaimedJob? claimed = null;
        try
        {
            await using (var scope = scopes.CreateAsyncScope())
            {
                claimed = await scope.ServiceProvider.GetRequiredService<BulkRunner>()
                    .ClaimAsync(_owner, cancellationToken);
            }

            if (claimed is null)
            {
                return false;
            }

            await WithinAsync(
                claimed, async runner => await runner.RunAsync(claimed.JobId, _owner, cancellationToken),
                cancellationToken);
            return true;
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // One bad job must not hold up the others; its lease ends by itself where even this can't be noted.
            var what = error.IsDatabaseAway() ? "the database was away" : error.GetType().Name;
            Log.Failed(logger, what);
            return claimed is not null && !error.IsDatabaseAway()
                && await NoteAsync(claimed, what, cancellationToken);
        }
    }

    private async Task<bool> NoteAsync(ClaimedJob claimed, string what, CancellationToken cancellationToken)
    {
        await WithinAsync(
            claimed, runner => runner.FailAsync(claimed.JobId, _owner, what, cancellationToken), cancellationToken);
        return true;
    }

    // A scope of its own: a context works for one workspace, and in the name of whoever asked.
    private async Task WithinAsync(
        ClaimedJob claimed, Func<BulkRunner, Task> work, CancellationToken cancellationToken)
    {
        string asker;
        await using (var scope = scopes.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            db.EnterWorkspace(claimed.WorkspaceId, "bulk");
            asker = await db.BulkJobs.AsNoTracking()
                .FirstOrDefaultAsync(job => job.Id == claimed.JobId, cancellationToken) switch
            {
                { RequestedBy: { } user } => $"user:{user}",
                { Choice.KeyId: { } key } => $"api:{key}",
                _ => "bulk",
            };
        }

        await using var own = scopes.CreateAsyncScope();
        own.ServiceProvider.GetRequiredService<CrmDbContext>()
            .EnterWorkspace(claimed.WorkspaceId, asker);
        await work(own.ServiceProvider.GetRequiredService<BulkRunner>());
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "Work on many records went wrong ({Error}); trying again soon")]
        public static partial void Failed(ILogger logger, string error);
    }
}
