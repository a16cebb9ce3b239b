using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Data.Crm;

/// <summary>
/// Makes two customers one, as a person wants it: one stays, with the values chosen for it; what hung on the other
/// hangs on it, and the other is archived and says whose part it has become. Links to HubSpot move too, unless the one
/// that stays has its own: then the other contact stays in HubSpot as it is. Nothing is merged in HubSpot, where
/// nothing of the kind can be taken back.
/// </summary>
public sealed class CustomerMerge(CrmDbContext db, TimeProvider clock)
{
    /// <param name="fromOther">Names of fields whose value is taken from the one that goes.</param>
    public async Task<MergeAnswer> MergeAsync(
        Guid survivorId, Guid otherId, IReadOnlySet<string> fromOther, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fromOther);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var both = await db.Customers
            .FromSql($"select *, xmin from customers where id in ({survivorId}, {otherId}) order by id for update")
            .ToListAsync(cancellationToken);
        var (survivor, other) = (both.Find(one => one.Id == survivorId), both.Find(one => one.Id == otherId));
        if (survivor is null || other is null || survivor == other)
        {
            return MergeAnswer.NotFound;
        }

        if (survivor.ArchivedAt is not null || other.MergedInto is not null)
        {
            return MergeAnswer.AlreadyDone;
        }

        await ArchiveAsync(survivorId, otherId, cancellationToken); // first, so that its address is free
        await TakeValuesAsync(survivorId, otherId, fromOther, cancellationToken);
        await MoveAsync(survivorId, otherId, cancellationToken);
        await RememberAsync(survivorId, other, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return MergeAnswer.Merged;
    }

    private Task ArchiveAsync(Guid survivorId, Guid otherId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update customers set archived_at = coalesce(archived_at, now()), merged_into = {survivorId}
              where id = {otherId}
            """,
            cancellationToken);

    /// <summary>A person's edit like any other: the database dates it and asks for a look.</summary>
    private async Task TakeValuesAsync(
        Guid survivorId, Guid otherId, IReadOnlySet<string> fromOther, CancellationToken cancellationToken)
    {
        var columns = StandardFields.Contacts.Fields.Where(field => fromOther.Contains(field.Name))
            .Select(field => $"{field.Name} = o.{field.Name}");
        string[] custom = [.. fromOther.Where(FieldDefinition.IsName)
            .Where(name => StandardFields.Contacts.PositionOf(name) < 0)];
        await using var command = Connection.CommandOf(
            $"""
            update customers s set {string.Join(", ", columns.Append(Custom))}
              from customers o where s.id = $1 and o.id = $2
            """,
            survivorId, otherId, custom);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private const string Custom =
        """
        custom = jsonb_strip_nulls((s.custom - $3::text[]) || coalesce((select jsonb_object_agg(name, o.custom->name)
          from unnest($3::text[]) as chosen(name)), '{}'))
        """;

    private async Task MoveAsync(Guid survivorId, Guid otherId, CancellationToken cancellationToken)
    {
        foreach (var (table, column, key) in RecordTable.Of(StandardFields.Contacts).Dependents)
        {
            var clash = key is null ? "" : $"""
                and not exists (select 1 from {table} own where own.{key} = d.{key} and own.{column} = $1)
                """;
            await using var command = Connection.CommandOf(
                $"update {table} d set {column} = $1 where d.{column} = $2 {clash}", survivorId, otherId);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            update record_links l set local_id = {survivorId}
              where l.kind = {nameof(RecordKind.Contact)} and l.local_id = {otherId}
                and not exists (select 1 from record_links own where own.connection_id = l.connection_id
                  and own.kind = l.kind and own.local_id = {survivorId})
            """,
            cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"update sent_writes set local_id = {survivorId} where local_id = {otherId}", cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"delete from open_conflicts where local_id = {otherId}", cancellationToken);
    }

    /// <summary>Both get a look: one has new values, the other says that it has become a part of it.</summary>
    private async Task RememberAsync(Guid survivorId, Customer other, CancellationToken cancellationToken)
    {
        var otherId = other.Id;
        await db.Database.ExecuteSqlAsync(
            $"""
            with changed as (
              insert into record_changes (workspace_id, connection_id, kind, local_id, hubspot_id, side, action, fields,
                  cause)
                select c.workspace_id, c.id, 'Contact', {otherId}, l.hubspot_id, 'Local', 'Merge', jsonb_build_object(),
                    'A person here merged the two'
                  from hubspot_connections c
                  left join record_links l
                    on l.connection_id = c.id and l.kind = 'Contact' and l.local_id = {survivorId})
            insert into sync_requests as q (connection_id, kind, record_key, workspace_id, local_id, hubspot_id)
              select l.connection_id, l.kind, 'h' || l.hubspot_id, l.workspace_id, l.local_id, l.hubspot_id
                from record_links l where l.kind = 'Contact' and l.local_id in ({survivorId}, {otherId})
                order by l.hubspot_id
              on conflict (connection_id, kind, record_key) do update set version = q.version + 1,
                local_id = excluded.local_id, due_at = clock_timestamp(), attempts = 0, parked_at = null
            """,
            cancellationToken);
        NoteIt(survivorId, other);
        db.Audit.Add(new AuditEntry
        {
            WorkspaceId = db.WorkspaceId,
            UserId = By,
            Action = "customer.merged",
            Subject = $"customer {survivorId}",
            Before = $"{{\"merged\": \"{otherId}\"}}",
            At = clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_notify('sync_requests', '')", cancellationToken);
    }

    private void NoteIt(Guid survivorId, Customer other)
    {
        var name = $"{other.FirstName} {other.LastName}".Trim();
        db.Activities.Add(new Activity
        {
            WorkspaceId = db.WorkspaceId,
            CustomerId = survivorId,
            Kind = "customer.merged",
            Params = new() { ["name"] = name.Length > 0 ? name : other.Email ?? "another customer" },
            By = By,
            At = clock.GetUtcNow(),
        });
    }

    private Guid? By => db.ActingUser;

    private NpgsqlConnection Connection => (NpgsqlConnection)db.Database.GetDbConnection();
}

public enum MergeAnswer
{
    Merged,

    /// <summary>One of the two is not there, or they are the same.</summary>
    NotFound,

    /// <summary>The one that stays is archived, or the other was merged before.</summary>
    AlreadyDone,
}
