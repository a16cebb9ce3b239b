using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Data.Crm;

/// <summary>
/// Makes two customers or two companies one, as a person wants it: one stays, with the values chosen for it; what hung
/// on the other hangs on it, and the other is archived and says whose part it has become. Links to HubSpot move too,
/// unless the one that stays has its own: then the other stays in HubSpot as it is. Nothing is merged in HubSpot, where
/// nothing of the kind can be taken back.
/// </summary>
public sealed class RecordMerge(CrmDbContext db, TimeProvider clock)
{
    /// <param name="fromOther">Names of fields whose value is taken from the one that goes.</param>
    public async Task<MergeAnswer> MergeAsync(
        RecordKind kind, Guid survivorId, Guid otherId, IReadOnlySet<string> fromOther,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(fromOther);
        var side = new MergeSide(kind, survivorId, otherId);
        await using var transaction = await db.Database.JoinTransactionAsync(cancellationToken);
        var both = await LockAsync(side, cancellationToken);
        var (survivor, other) = (both.Find(one => one.Id == survivorId), both.Find(one => one.Id == otherId));
        if (survivor is null || other is null || survivor == other)
        {
            return MergeAnswer.NotFound;
        }

        if (other.MergedInto == survivorId)
        {
            return MergeAnswer.AlreadyDone;
        }

        if (survivor.ArchivedAt is not null || other.MergedInto is not null)
        {
            return MergeAnswer.Archived;
        }

        try
        {
            await ArchiveAsync(side, cancellationToken); // first, so that its address is free
            await TakeValuesAsync(side, fromOther, cancellationToken);
        }
        catch (PostgresException error) when (error.ConstraintName is Customer.EmailIndex or Company.TextIndex)
        {
            return MergeAnswer.ValueTaken;
        }

        await MoveAsync(side, cancellationToken);
        await RememberAsync(side, other, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        return MergeAnswer.Merged;
    }

    /// <summary>
    /// A page of the sync locks contacts and deals before the company that it gives them to, so they are locked first
    /// here as well.
    /// </summary>
    private async Task<List<CrmRecord>> LockAsync(MergeSide side, CancellationToken cancellationToken)
    {
        if (side.Kind == RecordKind.Contact)
        {
            return
            [
                .. await db.Customers
                    .FromSql(
                        $"""
                        select *, xmin from customers where id in ({side.Survivor}, {side.Other}) order by id for update
                        """)
                    .AsNoTracking().ToListAsync(cancellationToken),
            ];
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            select from customers where company_id = {side.Other} order by id for no key update;
            select from deals where company_id = {side.Other} order by id for no key update
            """,
            cancellationToken);
        return
        [
            .. await db.Companies
                .FromSql(
                    $"""
                    select *, xmin from companies where id in ({side.Survivor}, {side.Other}) order by id for update
                    """)
                .AsNoTracking().ToListAsync(cancellationToken),
        ];
    }

    private Task ArchiveAsync(MergeSide side, CancellationToken cancellationToken) => RunAsync(
        $"""
        update {side.Table} set archived_at = coalesce(archived_at, $3), merged_into = $1, updated_at = $3
          where id = $2
        """,
        side, cancellationToken, clock.GetUtcNow());

    /// <summary>A person's edit like any other: the database dates a customer's and asks for a look.</summary>
    private Task TakeValuesAsync(
        MergeSide side, IReadOnlySet<string> fromOther, CancellationToken cancellationToken)
    {
        var columns = side.Map.Fields.Where(field => fromOther.Contains(field.Name))
            .Select(field => $"{field.Name} = o.{field.Name}");
        string[] custom = [.. fromOther.Where(FieldDefinition.IsName)
            .Where(name => side.Map.PositionOf(name) < 0)];
        return RunAsync(
            $"""
            update {side.Table} s set {string.Join(", ", columns.Append(Custom))}, updated_at = $4
              from {side.Table} o where s.id = $1 and o.id = $2
            """,
            side, cancellationToken, custom, clock.GetUtcNow());
    }

    private const string Custom =
        """
        custom = jsonb_strip_nulls((s.custom - $3::text[]) || coalesce((select jsonb_object_agg(name, o.custom->name)
          from unnest($3::text[]) as chosen(name)), '{}'))
        """;

    private async Task MoveAsync(MergeSide side, CancellationToken cancellationToken)
    {
        foreach (var (table, column, key) in RecordTable.Of(side.Map).Dependents)
        {
            var clash = key is null ? "" : $"""
                and not exists (select 1 from {table} own where own.{key} = d.{key} and own.{column} = $1)
                """;
            await RunAsync(
                $"update {table} d set {column} = $1 where d.{column} = $2 {clash}", side, cancellationToken);
        }

        await RunAsync(
            """
            update record_links l set local_id = $1
              where l.kind = $3 and l.local_id = $2
                and not exists (select 1 from record_links own where own.connection_id = l.connection_id
                  and own.kind = l.kind and own.local_id = $1)
            """,
            side, cancellationToken, $"{side.Kind}");
        await RunAsync("update sent_writes set local_id = $1 where local_id = $2", side, cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"delete from open_conflicts where local_id = {side.Other}", cancellationToken);
    }

    /// <summary>Both get a look: one has new values, the other says that it has become a part of it.</summary>
    private async Task RememberAsync(MergeSide side, CrmRecord other, CancellationToken cancellationToken)
    {
        await RunAsync(
            """
            with changed as (
              insert into record_changes (workspace_id, connection_id, kind, local_id, hubspot_id, side, action, fields,
                  cause)
                select c.workspace_id, c.id, $3, $2, l.hubspot_id, 'Local', 'Merge', jsonb_build_object(),
                    'A person here merged the two'
                  from hubspot_connections c
                  left join record_links l on l.connection_id = c.id and l.kind = $3 and l.local_id = $1)
            insert into sync_requests as q (connection_id, kind, record_key, workspace_id, local_id, hubspot_id)
              select l.connection_id, l.kind, 'h' || l.hubspot_id, l.workspace_id, l.local_id, l.hubspot_id
                from record_links l where l.kind = $3 and l.local_id in ($1, $2)
                order by 'h' || l.hubspot_id
              on conflict (connection_id, kind, record_key) do update set version = q.version + 1,
                local_id = excluded.local_id, due_at = clock_timestamp(), attempts = 0, parked_at = null
            """,
            side, cancellationToken, $"{side.Kind}");
        Note(side, side.Survivor, "merged", other);
        Note(side, side.Other, "merged_away", other: null);
        db.Audit.Add(new AuditEntry
        {
            WorkspaceId = db.WorkspaceId,
            UserId = db.ActingUser,
            KeyId = db.ActingKey,
            Action = $"{side.Word}.merged",
            Subject = $"{side.Word} {side.Survivor}",
            Before = $"{{\"merged\": \"{side.Other}\"}}",
            At = clock.GetUtcNow(),
        });
        await db.SaveChangesAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync($"select pg_notify('sync_requests', '')", cancellationToken);
    }

    /// <param name="other">Is named; a name is kept only where the person's erasure finds it.</param>
    private void Note(MergeSide side, Guid of, string what, CrmRecord? other)
    {
        var values = ActivityLog.KeyOf(db);
        if (other is not null)
        {
            values["name"] = NameOf(other);
        }

        db.Activities.Add(new Activity
        {
            WorkspaceId = db.WorkspaceId,
            CustomerId = side.Kind == RecordKind.Contact ? of : null,
            CompanyId = side.Kind == RecordKind.Company ? of : null,
            Kind = $"{side.Word}.{what}",
            Params = values,
            By = db.ActingUser,
            At = clock.GetUtcNow(),
        });
    }

    private static string NameOf(CrmRecord record) => record switch
    {
        Customer person => $"{person.FirstName} {person.LastName}".Trim() is { Length: > 0 } name
            ? name
            : person.Email ?? "another customer",
        Company company => company.Name ?? company.Domain ?? "another company",
        _ => "another record",
    };

    /// <summary>With the one that stays as <c>$1</c> and the one that goes as <c>$2</c>.</summary>
    private async Task RunAsync(
        string sql, MergeSide side, CancellationToken cancellationToken, params object[] more)
    {
        await using var command = ((NpgsqlConnection)db.Database.GetDbConnection())
            .CommandOf(sql, [side.Survivor, side.Other, .. more]);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private sealed record MergeSide(RecordKind Kind, Guid Survivor, Guid Other)
    {
        public FieldMap Map => Kind == RecordKind.Contact ? StandardFields.Contacts : StandardFields.Companies;

        public string Table => RecordTable.Of(Map).Name;

        public string Word => Kind == RecordKind.Contact ? "customer" : "company";
    }
}
