using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Tags;

/// <summary>Words that people here sort customers by. HubSpot never sees them.</summary>
internal sealed class TagBook(CrmDbContext db, TimeProvider clock)
{
    public Task<List<Tag>> AllAsync(CancellationToken cancellationToken) =>
        db.Tags.AsNoTracking().OrderBy(tag => tag.Name).ToListAsync(cancellationToken);

    public Task<List<Tag>> OfAsync(Guid customerId, CancellationToken cancellationToken) =>
        db.CustomerTags.AsNoTracking()
            .Where(row => row.CustomerId == customerId)
            .Select(row => row.Tag!) // its key says so
            .OrderBy(tag => tag.Name)
            .ToListAsync(cancellationToken);

    /// <summary>Finds the tag in any letter case, or makes it.</summary>
    /// <returns><c>null</c>: this is no name for one.</returns>
    public async Task<Tag?> NamedAsync(string? name, CancellationToken cancellationToken)
    {
        if (name?.Trim() is not { Length: > 0 and <= Tag.Longest } fit)
        {
            return null;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into tags (id, workspace_id, name, created_by, created_at)
              values ({Guid.NewGuid()}, {db.WorkspaceId}, {fit}, {By}, {clock.GetUtcNow()})
              on conflict on constraint tags_name_key do nothing
            """,
            cancellationToken);
        return await db.Tags
            .FromSql($"select * from tags where name_key = lower(btrim({fit}))")
            .AsNoTracking()
            .FirstOrDefaultAsync(cancellationToken);
    }

    /// <summary>Gives the tag to those who lack it, or takes it from those who have it, and notes it of each.</summary>
    /// <param name="jobId">The work it is part of, by which it can be taken back.</param>
    /// <returns>Of how many that changed something.</returns>
    public async Task<int> SetAsync(
        Guid[] customerIds, Tag tag, bool isOn, Guid? jobId, CancellationToken cancellationToken)
    {
        var (kind, job) = (isOn ? "customer.tagged" : "customer.untagged", jobId?.ToString());
        return isOn
            ? await db.Database.ExecuteSqlAsync(
                $"""
                with changed as (
                  insert into customer_tags (workspace_id, customer_id, tag_id)
                    select c.workspace_id, c.id, {tag.Id} from customers c
                      where c.id = any ({customerIds}) and c.erased_at is null
                    on conflict do nothing
                    returning customer_id)
                insert into activities (workspace_id, customer_id, kind, params, by, at)
                  select {db.WorkspaceId}, customer_id, {kind},
                      jsonb_strip_nulls(jsonb_build_object('tag', {tag.Name}::text, 'job', {job}::text)),
                      {By}, {clock.GetUtcNow()} from changed
                """,
                cancellationToken)
            : await db.Database.ExecuteSqlAsync(
                $"""
                with changed as (
                  delete from customer_tags where tag_id = {tag.Id} and customer_id = any ({customerIds})
                    returning customer_id)
                insert into activities (workspace_id, customer_id, kind, params, by, at)
                  select {db.WorkspaceId}, customer_id, {kind},
                      jsonb_strip_nulls(jsonb_build_object('tag', {tag.Name}::text, 'job', {job}::text)),
                      {By}, {clock.GetUtcNow()} from changed
                """,
                cancellationToken);
    }

    private Guid? By => db.ActingUser;
}
