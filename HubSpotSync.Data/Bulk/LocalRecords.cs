using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>Reads the local side of a page in one query.</summary>
public sealed class LocalRecords(CrmDbContext db, TimeProvider clock)
{
    private static readonly TimeSpan KeptByHubSpot = TimeSpan.FromDays(95);

    /// <summary>
    /// By themselves or as the customer whom a contact out of scope would be. Whoever came from HubSpot came with a
    /// look, and need not be gone through.
    /// </summary>
    private const string NeverLookedAt =
        """
        and r.source = 'local' and not exists (select 1 from record_outcomes o
          where o.connection_id = $1 and o.kind = $2 and o.local_id = r.id)
        """;

    /// <summary>
    /// Looked up for each record, which <c>offset 0</c> makes sure of: joined freely, Postgres goes through all links
    /// of the connection for each record as long as it has not analyzed the table.
    /// </summary>
    private const string LinkOfEach =
        """
        left join lateral (select k.*, k.xmin::text::bigint as version from record_links k
          where k.connection_id = $1 and k.kind = $2 and k.local_id = r.id offset 0) l on true
        """;

    private const string NotLookedOver =
        $"""
        select jsonb_agg(jsonb_build_array(
            s.id, s.fields, s.sent_at < now() - interval '{SentWrites.LongestOnItsWay}',
            (extract(epoch from s.sent_at) * 1000)::bigint, s.hubspot_id is null,
            s.answered_at is not null) order by s.sent_at)::text
          from sent_writes s
          where s.connection_id = $1 and s.kind = $2 and s.local_id = r.id
        """;

    /// <summary>
    /// The records linked to these HubSpot ids, those that hold one of these keys (linked or not), and those of these
    /// ids of ours.
    /// </summary>
    public Task<List<LocalRow>> ReadForPageAsync(
        Guid connectionId, RecordTable table, PageKeys page, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(page);
        const string ByLink =
            """
            select l.local_id from record_links l
              where l.connection_id = $1 and l.kind = $2 and l.hubspot_id = any($3)
            """;
        if (table.KeyColumn is null)
        {
            return ReadAsync(connectionId, table, $"r.id in ({ByLink})", [page.HubSpotIds], cancellationToken);
        }

        // Two halves, because each has an index of its own.
        var byKey = $"select k.id from {table.Name} k where k.{table.KeyColumn}_key = any($4) and k.archived_at is";
        var byUnique = page.UniqueField is null ? "" : "union all select c.id from customers_with_custom($6, $7) c";
        object[] values = [page.HubSpotIds, page.Addresses, page.OwnIds];
        return ReadAsync(
            connectionId,
            table,
            $"""
            r.id in ({ByLink} union all {byKey} null union all {byKey} not null
              union all select o.id from {table.Name} o where o.id = any($5) {byUnique})
            """,
            page.UniqueField is null ? values : [.. values, page.UniqueField, page.UniqueValues],
            cancellationToken);
    }

    /// <summary>The next records that HubSpot does not have yet, in the order of their ids.</summary>
    /// <param name="onlyNew">Leaves out those that were looked at before.</param>
    public Task<List<LocalRow>> ReadUnlinkedAsync(
        Guid connectionId,
        RecordTable table,
        Guid after,
        int limit,
        bool onlyNew,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        return ReadAsync(
            connectionId,
            table,
            $"""
            r.id > $3 and r.archived_at is null and l.local_id is null {(onlyNew ? NeverLookedAt : "")}
            order by r.id limit $4
            """,
            [after, limit],
            cancellationToken);
    }

    /// <summary>These records, those that are still there.</summary>
    public Task<List<LocalRow>> ReadByIdsAsync(
        Guid connectionId, RecordTable table, Guid[] ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Length == 0
            ? Task.FromResult<List<LocalRow>>([])
            : ReadAsync(connectionId, table, "r.id = any($3)", [ids], cancellationToken);
    }

    /// <summary>
    /// HubSpot's ids of linked records in these ranges of ids that are not among those listed: what a list should have
    /// named.
    /// </summary>
    /// <param name="ranges">
    /// Each after an id, up to another, which is the last of the range, or <c>null</c> for all that follow.
    /// </param>
    public async Task<List<long>> FindUnlistedAsync(
        Guid connectionId,
        RecordKind kind,
        IReadOnlyList<(long After, long? UpTo)> ranges,
        long[] listed,
        CancellationToken cancellationToken)
    {
        // What HubSpot archived may still be restored, or erased for privacy; after that nothing more becomes of it.
        var forgotten = clock.GetUtcNow() - KeptByHubSpot;
        long[] after = [.. ranges.Select(range => range.After)];
        long[] upTo = [.. ranges.Select(range => range.UpTo ?? long.MaxValue)];
        return await db.Database.SqlQuery<long>(
            $"""
            select l.hubspot_id as "Value" from unnest({after}, {upTo}) as r(after, up_to)
              cross join lateral (select k.hubspot_id, k.detached_at from record_links k
                where k.connection_id = {connectionId} and k.kind = {kind.ToString()}
                  and k.hubspot_id > r.after and k.hubspot_id <= r.up_to
                order by k.hubspot_id offset 0) l -- by the index that has this order, whatever is expected
              where (l.detached_at is null or l.detached_at > {forgotten}) and l.hubspot_id <> all({listed})
              order by l.hubspot_id
            """).ToListAsync(cancellationToken);
    }

    /// <summary>Customers that HubSpot does not have.</summary>
    public Task<int> CountUnlinkedAsync(Guid connectionId, CancellationToken cancellationToken) => db.Database
        .SqlQuery<int>($"""select count_unlinked_customers({connectionId}) as "Value" """)
        .SingleAsync(cancellationToken);

    /// <param name="values">Parameters of the condition, from <c>$3</c> on.</param>
    private async Task<List<LocalRow>> ReadAsync(
        Guid connectionId, RecordTable table, string condition, object[] values, CancellationToken cancellationToken)
    {
        await db.Database.OpenConnectionAsync(cancellationToken);
        try
        {
            var clock = table.HasFieldClock ? "r.field_clock::text" : "'{}'";
            var scope = table.HasFieldClock ? "r.archived_for_scope" : "false";
            await using var command = new NpgsqlCommand(
                $"""
                select r.id, l.hubspot_id, l.ancestor::text, r.archived_at is not null, r.xmin::text::bigint,
                    {clock}, r.updated_at, l.version, l.detached_at, l.hubspot_seen_at,
                    greatest(l.hubspot_seen_at, l.hubspot_written_at), ({NotLookedOver}), l.detached_reason,
                    r.source = 'local', {scope}, r.merged_into is not null, exists (select 1 from open_conflicts q
                      where q.connection_id = $1 and q.kind = $2 and q.local_id = r.id),
                    l.set_apart_at is not null, {table.ReadColumns}
                  from {table.Name} r
                  {LinkOfEach}
                  where {condition}
                """,
                (NpgsqlConnection)db.Database.GetDbConnection());
            foreach (var value in (object[])[connectionId, table.Map.Kind.ToString(), .. values])
            {
                command.Parameters.Add(new NpgsqlParameter { Value = value });
            }

            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            var rows = new List<LocalRow>();
            while (await reader.ReadAsync(cancellationToken))
            {
                rows.Add(Read(reader, table));
            }

            return rows;
        }
        finally
        {
            await db.Database.CloseConnectionAsync();
        }
    }

    private static LocalRow Read(NpgsqlDataReader reader, RecordTable table)
    {
        const int FirstField = 18;
        var raw = new string?[table.Map.Fields.Length];
        for (var i = 0; i < raw.Length; i++)
        {
            raw[i] = reader.IsDBNull(FirstField + i) ? null : reader.GetString(FirstField + i);
        }

        var snapshot = RecordSnapshot.OfLocal(table.Map, raw, reader.GetFieldValue<DateTimeOffset>(6)) with
        {
            FieldClock = table.HasFieldClock ? FieldClockJson.Read(table.Map, reader.GetString(5)) : [],
        };
        return new LocalRow(
            reader.GetGuid(0),
            reader.IsDBNull(1) ? null : reader.GetInt64(1),
            reader.IsDBNull(2) ? default : AncestorJson.Read(table.Map, reader.GetString(2)),
            reader.GetBoolean(3),
            reader.GetInt64(4),
            snapshot)
        {
            LinkVersion = reader.IsDBNull(7) ? null : reader.GetInt64(7),
            DetachedAt = reader.IsDBNull(8) ? null : reader.GetFieldValue<DateTimeOffset>(8),
            DetachedReason = reader.IsDBNull(12) ? null : reader.GetString(12),
            IsFromHere = reader.GetBoolean(13),
            WasArchivedForScope = reader.GetBoolean(14),
            IsMergedAway = reader.GetBoolean(15),
            HasOpenConflicts = reader.GetBoolean(16),
            IsSetApart = reader.GetBoolean(17),
            SeenUntil = reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9),
            KnownUntil = reader.IsDBNull(10) ? null : reader.GetFieldValue<DateTimeOffset>(10),
            Sent = reader.IsDBNull(11) ? [] : SentWrites.Read(table.Map, reader.GetString(11)),
        };
    }
}
