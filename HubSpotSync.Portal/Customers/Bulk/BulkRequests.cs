using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Loops;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Bulk;

/// <summary>What somebody wants done with many records.</summary>
/// <param name="Ids">Those that were ticked; <c>null</c>: all that the query finds.</param>
/// <param name="Target">A tag's name or an owner's id.</param>
internal sealed record BulkWish(Guid JobId, BulkKind Kind, Guid[]? Ids, string Query, string? Target)
{
    public required RecordKind Of { get; init; }
}

/// <summary>Puts work on many records on the list of what is to be done. Who asks is the context's actor.</summary>
internal sealed class BulkRequests(
    CrmDbContext db, RecordLists lists, TagBook tags, LoopSignal<BulkLoop> signal, TimeProvider clock)
{
    /// <returns>Why not; <c>null</c>: it is on its way.</returns>
    public async Task<string?> AskAsync(BulkWish wish, CancellationToken cancellationToken)
    {
        if (wish.Ids is { Length: 0 })
        {
            return (wish.Of == RecordKind.Contact ? "Nobody" : "No company")
                + " is ticked. Tick those you mean, or choose all that were found.";
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

        var total = wish.Ids?.Length
            ?? await (await lists.MatchingAsync(wish.Of, wish.Query, cancellationToken)).CountAsync(cancellationToken);
        var choice = new BulkChoice(wish.Ids, RecordLists.FirstOf(wish.Of, wish.Query), target);
        await SaveAsync(NewJob(wish.JobId, (wish.Of, wish.Kind), choice, total), cancellationToken);
        return null;
    }

    /// <summary>Takes back what a job changed, and nothing that was so before it.</summary>
    /// <returns>The job that does; <c>null</c> where this can't be taken back.</returns>
    public async Task<Guid?> UndoAsync(RecordKind of, Guid jobId, CancellationToken cancellationToken)
    {
        var job = await db.BulkJobs.AsNoTracking()
            .FirstOrDefaultAsync(row => row.Id == jobId && row.RecordKind == of, cancellationToken);
        if (job is null || job.IsActive || Opposite(job.Kind) is not { } kind)
        {
            return null;
        }

        // Named after the job, so that asking twice makes one.
        var id = new Guid([.. jobId.ToByteArray().Select(part => (byte)~part)]);
        var choice = new BulkChoice(null, "", job.Choice.Target, jobId);
        await SaveAsync(NewJob(id, (of, kind), choice, job.Changed), cancellationToken);
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

    private BulkJob NewJob(Guid id, (RecordKind Of, BulkKind Kind) what, BulkChoice choice, int total) => new()
    {
        Id = id,
        WorkspaceId = db.WorkspaceId,
        Kind = what.Kind,
        RecordKind = what.Of,
        Choice = choice with { KeyId = db.ActingKey },
        Total = total,
        RequestedBy = db.ActingUser,
        RequestedAt = clock.GetUtcNow(),
        DueAt = clock.GetUtcNow(),
    };

    private async Task SaveAsync(BulkJob job, CancellationToken cancellationToken)
    {
        db.BulkJobs.Add(job);
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
