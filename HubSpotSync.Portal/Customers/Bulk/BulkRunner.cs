using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Customers.Csv;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Bulk;

internal sealed record ClaimedJob(Guid WorkspaceId, Guid JobId);

/// <summary>
/// Does a job page by page. Each page and the place it ends at are one transaction, and only whoever holds the lease
/// commits: after a crash the next one goes on where the last page ended.
/// </summary>
internal sealed class BulkRunner(CrmDbContext db, BulkSteps steps, ImportSteps imports, TimeProvider clock)
{
    public static readonly TimeSpan Lease = TimeSpan.FromSeconds(60);
    private const int MostAttempts = 5;

    public async Task<ClaimedJob?> ClaimAsync(string owner, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<ClaimedJob>(
            $"""select workspace_id as "WorkspaceId", job_id as "JobId" from claim_bulk_job({owner}, {Lease})""")
            .ToListAsync(cancellationToken)).FirstOrDefault();

    public async Task RunAsync(Guid jobId, string owner, CancellationToken cancellationToken)
    {
        while (await StepAsync(jobId, owner, cancellationToken))
        {
            db.ChangeTracker.Clear();
        }
    }

    /// <summary>One that fails time after time is shown, with what hindered it, and not tried any more.</summary>
    public Task FailAsync(Guid jobId, string owner, string why, CancellationToken cancellationToken) =>
        db.BulkJobs.Where(job => job.Id == jobId && job.LeaseOwner == owner)
            .ExecuteUpdateAsync(
                job => job
                    .SetProperty(row => row.LastError, why)
                    .SetProperty(row => row.State, row => row.Attempts >= MostAttempts ? BulkState.Failed : row.State)
                    .SetProperty(row => row.LeaseOwner, (string?)null)
                    .SetProperty(row => row.LeaseUntil, (DateTimeOffset?)null)
                    .SetProperty(row => row.DueAt, clock.GetUtcNow().AddSeconds(5)),
                cancellationToken);

    private async Task<bool> StepAsync(Guid jobId, string owner, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"select 1 from bulk_jobs where id = {jobId} for update", cancellationToken);
        var job = await db.BulkJobs.FirstOrDefaultAsync(row => row.Id == jobId, cancellationToken);
        if (job is null || job.LeaseOwner != owner || !job.IsActive)
        {
            return false;
        }

        db.Entry(job).State = EntityState.Detached; // steps clear what they tracked
        var step = job.Kind == BulkKind.Import
            ? await imports.TakeAsync(job, cancellationToken)
            : await steps.TakeAsync(job, cancellationToken);
        db.ChangeTracker.Clear();
        db.BulkJobs.Attach(job);
        job.Processed += step.Processed;
        job.Changed += step.Changed;
        job.Skipped = Counted(job.Skipped, step.Skipped);
        job.Place = step.Place ?? job.Place;
        job.LeaseUntil = clock.GetUtcNow() + Lease;
        if (step.Place is null)
        {
            (job.State, job.FinishedAt, job.LastError) = (BulkState.Done, clock.GetUtcNow(), null);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return job.IsActive;
    }

    private static Dictionary<string, int> Counted(Dictionary<string, int> known, IReadOnlyList<string> more)
    {
        var counted = new Dictionary<string, int>(known);
        foreach (var reason in more)
        {
            counted[reason] = counted.GetValueOrDefault(reason) + 1;
        }

        return counted;
    }
}
