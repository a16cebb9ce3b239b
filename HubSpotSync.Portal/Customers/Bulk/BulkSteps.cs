using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Jobs;
using HubSpotSync.Portal.Customers.Tags;
using HubSpotSync.Portal.Customers.Writing;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Bulk;

/// <summary>What a page of work came to.</summary>
/// <param name="Place">The last record; <c>null</c>: there was nothing left.</param>
internal sealed record BulkStep(int Processed, int Changed, IReadOnlyList<string> Skipped, string? Place);

/// <summary>Does one page of a job.</summary>
internal sealed class BulkSteps(
    CrmDbContext db, CustomerList customers, TagBook tags, RecordWriter writer, TimeProvider clock)
{
    private const int SetSize = 500;

    /// <summary>Where each record is written by itself: what other people wait for is not locked for long.</summary>
    private const int SingleSize = 50;

    public async Task<BulkStep> TakeAsync(BulkJob job, CancellationToken cancellationToken)
    {
        var isSet = job.Kind is BulkKind.Tag or BulkKind.Untag or BulkKind.Archive;
        var ids = await NextAsync(job, isSet ? SetSize : SingleSize, cancellationToken);
        if (ids.Length == 0)
        {
            return new BulkStep(0, 0, [], null);
        }

        var skipped = new List<string>();
        var changed = job.Kind switch
        {
            BulkKind.Tag or BulkKind.Untag => await TagAsync(job, ids, cancellationToken),
            BulkKind.Archive => await ArchiveAsync(job, ids, cancellationToken),
            _ => await EachAsync(job, ids, skipped, cancellationToken),
        };
        return new BulkStep(ids.Length, changed, skipped, ids[^1].ToString());
    }

    private async Task<Guid[]> NextAsync(BulkJob job, int size, CancellationToken cancellationToken)
    {
        var choice = job.Choice;
        var place = Guid.TryParse(job.Place, out var last) ? last : Guid.Empty;
        var wanted = choice switch
        {
            { UndoOf: { } undone } => db.Customers.Where(row =>
                db.Database.SqlQuery<Guid>(ChangedBy(undone)).Contains(row.Id)),
            { Ids: { } ids } => db.Customers.Where(row => ids.Contains(row.Id)),
            _ => customers.Matching(CustomerQuery.Parse(choice.Query)),
        };
        return await wanted.Where(row => row.Id.CompareTo(place) > 0)
            .OrderBy(row => row.Id).Take(size).Select(row => row.Id)
            .ToArrayAsync(cancellationToken);
    }

    private static FormattableString ChangedBy(Guid job) =>
        $"""
        select customer_id as "Value" from activities where params ? 'job' and params->>'job' = {job.ToString()}
        """;

    private async Task<int> TagAsync(BulkJob job, Guid[] ids, CancellationToken cancellationToken)
    {
        var tagId = Guid.Parse(job.Choice.Target!); // it was found when the job was made
        return await db.Tags.FirstOrDefaultAsync(row => row.Id == tagId, cancellationToken) is not { } tag
            ? 0
            : await tags.SetAsync(
                RecordKind.Contact, ids, new TagChange(tag, job.Kind == BulkKind.Tag, job.Id), cancellationToken);
    }

    private Task<int> ArchiveAsync(BulkJob job, Guid[] ids, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            with changed as (
              update customers set archived_at = {clock.GetUtcNow()} where id = any ({ids}) and archived_at is null
                returning id, workspace_id)
            insert into activities (workspace_id, customer_id, kind, params, by, at)
              select workspace_id, id, 'customer.archived', jsonb_build_object('job', {job.Id.ToString()}::text),
                  {job.RequestedBy}, {clock.GetUtcNow()} from changed
            """,
            cancellationToken);

    private async Task<int> EachAsync(
        BulkJob job, Guid[] ids, List<string> skipped, CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var id in ids)
        {
            var answer = job.Kind == BulkKind.Restore
                ? await writer.RestoreAsync(RecordKind.Contact, id, cancellationToken)
                : await writer.UpdateAsync(
                    RecordKind.Contact,
                    new RecordEdit(id, new Dictionary<string, string?> { ["hubspot_owner_id"] = job.Choice.Target }),
                    cancellationToken);
            db.ChangeTracker.Clear();
            changed += answer is WriteAnswer.Saved { Changed.Count: > 0 } ? 1 : 0;
            if (answer is WriteAnswer.Refused refused)
            {
                skipped.Add(refused.Problems.Values.First());
            }
        }

        return changed;
    }
}
