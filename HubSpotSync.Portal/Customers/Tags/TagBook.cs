using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Tags;

/// <param name="Job">The work it is part of, by which it can be taken back.</param>
internal sealed record TagChange(Tag Tag, bool IsOn, Guid? Job = null);

/// <summary>Words that people here sort customers and companies by. HubSpot never sees them.</summary>
internal sealed class TagBook(CrmDbContext db, TimeProvider clock)
{
    public Task<List<Tag>> AllAsync(CancellationToken cancellationToken) =>
        db.Tags.AsNoTracking().OrderBy(tag => tag.Name).ToListAsync(cancellationToken);

    public async Task<List<Tag>> OfAsync(RecordKind kind, Guid id, CancellationToken cancellationToken) =>
        [.. (await OfManyAsync(kind, [id], cancellationToken))[id]];

    /// <summary>By record, in the order of their names.</summary>
    public async Task<ILookup<Guid, Tag>> OfManyAsync(
        RecordKind kind, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        var rows = kind == RecordKind.Contact
            ? db.CustomerTags.Where(row => ids.Contains(row.CustomerId))
                .Select(row => new { Id = row.CustomerId, Tag = row.Tag! }) // its key says so
            : db.CompanyTags.Where(row => ids.Contains(row.CompanyId))
                .Select(row => new { Id = row.CompanyId, Tag = row.Tag! }); // likewise
        return (await rows.AsNoTracking().OrderBy(row => row.Tag.Name).ToListAsync(cancellationToken))
            .ToLookup(row => row.Id, row => row.Tag);
    }

    public Task<bool> HasAsync(RecordKind kind, Guid id, CancellationToken cancellationToken) =>
        kind == RecordKind.Contact
            ? db.Customers.AnyAsync(row => row.Id == id, cancellationToken)
            : db.Companies.AnyAsync(row => row.Id == id, cancellationToken);

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
    /// <returns>Of how many that changed something.</returns>
    public Task<int> SetAsync(RecordKind kind, Guid[] ids, TagChange change, CancellationToken cancellationToken)
    {
        var names = RecordSql.Of(kind);
        var changed = change.IsOn
            ? $$"""
              insert into {{names.Tags}} (workspace_id, {{names.Column}}, tag_id)
                select r.workspace_id, r.id, {1} from {{names.Table}} r where r.id = any ({0}) and {{names.Live}}
                on conflict do nothing
                returning {{names.Column}}
              """
            : $$"""
              delete from {{names.Tags}} where tag_id = {1} and {{names.Column}} = any ({0})
                returning {{names.Column}}
              """;
        var sql =
            $$"""
            with changed as ({{changed}})
            insert into activities (workspace_id, {{names.Column}}, kind, params, by, at)
              select {2}, {{names.Column}}, {3}, jsonb_strip_nulls(
                  jsonb_build_object('tag', {4}::text, 'job', {5}::text, 'key', {6}::text)), {7}::uuid, {8} from changed
            """;
        object?[] values =
        [
            ids, change.Tag.Id, db.WorkspaceId, $"{names.Word}.{(change.IsOn ? "tagged" : "untagged")}",
            change.Tag.Name, Text(change.Job), Text(db.ActingKey), By, clock.GetUtcNow(),
        ];
        return db.Database.ExecuteSqlRawAsync(sql, values!, cancellationToken); // a null is a value too
    }

    private static string? Text(Guid? id) => id?.ToString();

    private Guid? By => db.ActingUser;
}
