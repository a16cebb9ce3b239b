using HubSpotSync.Core.Fields;
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
    CrmDbContext db, RecordLists lists, TagBook tags, RecordWriter writer, TimeProvider clock)
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
            { UndoOf: { } undone } => lists.All(job.RecordKind).Where(id =>
                db.Database.SqlQuery<Guid>(ChangedBy(undone)).Contains(id)),
            { Ids: { } ids } => lists.All(job.RecordKind).Where(id => ids.Contains(id)),
            _ => await lists.MatchingAsync(job.RecordKind, choice.Query, cancellationToken),
        };
        return await wanted.Where(id => id.CompareTo(place) > 0)
            .OrderBy(id => id).Take(size)
            .ToArrayAsync(cancellationToken);
    }

    private static FormattableString ChangedBy(Guid job) =>
        $"""
        select coalesce(customer_id, company_id) as "Value" from activities
          where params ? 'job' and params->>'job' = {job.ToString()}
        """;

    private async Task<int> TagAsync(BulkJob job, Guid[] ids, CancellationToken cancellationToken)
    {
        var tagId = Guid.Parse(job.Choice.Target!); // it was found when the job was made
        return await db.Tags.FirstOrDefaultAsync(row => row.Id == tagId, cancellationToken) is not { } tag
            ? 0
            : await tags.SetAsync(
                job.RecordKind, ids, new TagChange(tag, job.Kind == BulkKind.Tag, job.Id), cancellationToken);
    }

    private Task<int> ArchiveAsync(BulkJob job, Guid[] ids, CancellationToken cancellationToken)
    {
        var names = RecordSql.Of(job.RecordKind);
        var sql =
            $$"""
            with changed as (
              update {{names.Table}} set archived_at = {1}, updated_at = {1}
                where id = any ({0}) and archived_at is null
                returning id, workspace_id)
            insert into activities (workspace_id, {{names.Column}}, kind, params, by, at)
              select workspace_id, id, {2}, jsonb_strip_nulls(
                  jsonb_build_object('job', {3}::text, 'key', {4}::text)), {5}::uuid, {1} from changed
            """;
        object?[] values =
        [
            ids, clock.GetUtcNow(), $"{names.Word}.archived", job.Id.ToString(), db.ActingKey?.ToString(),
            db.ActingUser,
        ];
        return db.Database.ExecuteSqlRawAsync(sql, values!, cancellationToken); // a null is a value too
    }

    private async Task<int> EachAsync(
        BulkJob job, Guid[] ids, List<string> skipped, CancellationToken cancellationToken)
    {
        var changed = 0;
        foreach (var id in ids)
        {
            var answer = job.Kind == BulkKind.Restore
                ? await RestoreAsync(job, id, cancellationToken)
                : await writer.UpdateAsync(
                    job.RecordKind,
                    new RecordEdit(id, new Dictionary<string, string?> { [StandardFields.Owner] = job.Choice.Target }),
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

    /// <summary>Notes the work beside it, by which it can be taken back.</summary>
    private async Task<WriteAnswer> RestoreAsync(BulkJob job, Guid id, CancellationToken cancellationToken)
    {
        var answer = await writer.RestoreAsync(job.RecordKind, id, cancellationToken);
        if (answer is WriteAnswer.Saved { Changed.Count: > 0 })
        {
            var names = RecordSql.Of(job.RecordKind);
            var sql =
                $$"""
                update activities set params = params || jsonb_build_object('job', {1}::text)
                  where id = (select max(id) from activities where {{names.Column}} = {0} and kind = {2})
                """;
            await db.Database.ExecuteSqlRawAsync(
                sql, [id, job.Id.ToString(), $"{names.Word}.restored"], cancellationToken);
        }

        return answer;
    }
}
