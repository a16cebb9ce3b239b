using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Loops;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Bulk;

/// <summary>What somebody wants done with many customers.</summary>
/// <param name="Ids">Those that were ticked; <c>null</c>: all that the query finds.</param>
/// <param name="Target">A tag's name or an owner's id.</param>
internal sealed record BulkWish(Guid JobId, BulkKind Kind, Guid[]? Ids, string Query, string? Target);

/// <summary>Puts work on many customers on the list of what is to be done.</summary>
internal sealed class BulkRequests(
    CrmDbContext db, CustomerList customers, TagBook tags, LoopSignal<BulkLoop> signal, TimeProvider clock)
{
    /// <returns>Why not; <c>null</c>: it is on its way.</returns>
    public async Task<string?> AskAsync(BulkWish wish, Guid by, CancellationToken cancellationToken)
    {
        if (wish.Ids is { Length: 0 })
        {
            return "Nobody is ticked. Tick those you mean, or choose all that were found.";
        }

        var target = wish.Target;
        if (wish.Kind is BulkKind.Tag or BulkKind.Untag)
        {
            if (await tags.NamedAsync(wish.Target, cancellationToken) is not { } tag)
            {
                return "Write the tag: it has at least one letter and at most 50.";
            }

            target = tag.Id.ToString();
        }

        var query = CustomerQuery.Parse(wish.Query).First();
        var total = wish.Ids?.Length ?? await customers.Matching(query).CountAsync(cancellationToken);
        await SaveAsync(
            wish.JobId, wish.Kind, new BulkChoice(wish.Ids, query.QueryString(), target), total, by, cancellationToken);
        return null;
    }

    /// <summary>Takes back what a job changed, and nothing that was so before it.</summary>
    /// <returns>The job that does; <c>null</c> where this can't be taken back.</returns>
    public async Task<Guid?> UndoAsync(Guid jobId, Guid by, CancellationToken cancellationToken)
    {
        var job = await db.BulkJobs.AsNoTracking().FirstOrDefaultAsync(row => row.Id == jobId, cancellationToken);
        if (job is null || job.IsActive || Opposite(job.Kind) is not { } kind)
        {
            return null;
        }

        // Named after the job, so that asking twice makes one.
        var id = new Guid([.. jobId.ToByteArray().Select(part => (byte)~part)]);
        var choice = new BulkChoice(null, "", job.Choice.Target, jobId);
        await SaveAsync(id, kind, choice, job.Changed, by, cancellationToken);
        return id;
    }

    public static BulkKind? Opposite(BulkKind kind) => kind switch
    {
        BulkKind.Tag => BulkKind.Untag,
        BulkKind.Untag => BulkKind.Tag,
        BulkKind.Archive => BulkKind.Restore,
        BulkKind.Restore => BulkKind.Archive,
        _ => null,
    };

    private async Task SaveAsync(
        Guid id, BulkKind kind, BulkChoice choice, int total, Guid by, CancellationToken cancellationToken)
    {
        db.BulkJobs.Add(new BulkJob
        {
            Id = id,
            WorkspaceId = db.WorkspaceId,
            Kind = kind,
            Choice = choice,
            Total = total,
            RequestedBy = by,
            RequestedAt = clock.GetUtcNow(),
            DueAt = clock.GetUtcNow(),
        });
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateException error) when (error.Violates(BulkJob.PrimaryKey))
        {
            db.ChangeTracker.Clear(); // the same wish, sent twice
        }

        signal.Ring();
    }
}
