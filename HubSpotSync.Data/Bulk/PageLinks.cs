using HubSpotSync.Data.Journal;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>
/// The part of a page that says which record here is which in HubSpot, and since when both were equal. Links are asked
/// for by lists of ids, not by joining the page: while Postgres has not analyzed a table, it takes the links of a whole
/// connection for one row, and goes through the page for each of them.
/// </summary>
internal sealed class PageLinks(NpgsqlConnection connection, Guid workspaceId, Guid connectionId, RecordTable table)
{
    private readonly string _kind = table.Map.Kind.ToString();

    /// <summary>
    /// Locks the links of the page and finds those that are not as they were looked at: another look wrote to HubSpot
    /// meanwhile, so what ours saw there is old.
    /// </summary>
    /// <returns>Local ids.</returns>
    public async Task<IReadOnlyList<Guid>> FindMovedAsync(
        IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        var agreed = rows.Where(row => !row.Ancestor.IsDefault && row.HubSpotId is not null).ToList();
        await using var command = Command(
            """
            select hubspot_id, xmin::text::bigint from record_links
              where connection_id = $1 and kind = $2 and hubspot_id = any($3) order by hubspot_id for update
            """,
            connectionId, _kind, agreed.Select(row => row.HubSpotId!.Value).ToArray()); // just filtered
        var locked = new Dictionary<long, long>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            locked.Add(reader.GetInt64(0), reader.GetInt64(1));
        }

        return
        [
            .. from row in agreed
               let version = locked.TryGetValue(row.HubSpotId!.Value, out var found) ? (long?)found : null // as above
               where version != row.LinkVersion
               select row.LocalId!.Value, // who agrees is here
        ];
    }

    /// <summary>
    /// Locks the customers that get a link and finds those whom somebody else is just creating in HubSpot: the look has
    /// to know of it, or a second contact comes to be.
    /// </summary>
    /// <param name="rows">New links of customers who were here before.</param>
    /// <returns>Local ids.</returns>
    public async Task<IReadOnlyList<Guid>> FindCreatedMeanwhileAsync(
        IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        Guid[] locals = [.. rows.Select(row => row.LocalId).OfType<Guid>()];
        await using (var locking = Command(
            "select from customers where id = any($1) order by id for no key update", locals))
        {
            await locking.ExecuteNonQueryAsync(cancellationToken);
        }

        Guid[] known =
        [
            .. rows.SelectMany(row => row.KnownCreations), .. rows.Select(row => row.SentId).OfType<Guid>(),
        ];
        await using var command = Command(
            """
            select local_id from sent_writes
              where connection_id = $1 and kind = $2 and local_id = any($3) and hubspot_id is null
                and answered_at is null and id <> all($4)
            """,
            connectionId, _kind, locals, known);
        return await ReadIdsAsync(command, cancellationToken);
    }

    /// <summary>
    /// What HubSpot merged becomes one here too: links of the old ids end and are kept as aliases; of several records
    /// here one stays, and what hung on the others hangs on it. Before the records are written, since the one that
    /// stays may take over an address.
    /// </summary>
    public async Task WriteMergesAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            $"""
            with merged as (
              select p.hubspot_id, p.local_id, unnest(p.merged_ids) as alias_id from page_rows p
                where p.hubspot_id is not null),
            forgotten as (
              delete from record_outcomes o using merged m
                where o.connection_id = $1 and o.kind = $2 and o.record_key = 'h' || m.alias_id),
            unlinked as (
              delete from record_links l using merged m
                where l.connection_id = $1 and l.kind = $2 and l.hubspot_id = m.alias_id),
            followed as (
              update link_aliases a set hubspot_id = m.hubspot_id from merged m
                where a.connection_id = $1 and a.kind = $2 and a.hubspot_id = m.alias_id),
            remembered as (
              insert into link_aliases (connection_id, kind, alias_id, workspace_id, hubspot_id)
                select $1, $2, alias_id, $3, hubspot_id from merged
                on conflict (connection_id, kind, alias_id) do update set hubspot_id = excluded.hubspot_id)
            update {table.Name} r set archived_at = coalesce(r.archived_at, now()), merged_into = p.local_id
              from page_rows p
              where r.id = any(p.merged_local_ids) and p.local_id is not null
            """,
            connectionId, _kind, workspaceId);
        await command.ExecuteNonQueryAsync(cancellationToken);
        foreach (var (owner, column, key) in table.Dependents)
        {
            await MoveDependentsAsync(owner, column, key, cancellationToken);
        }
    }

    /// <param name="rows">Those that did not move.</param>
    public async Task WriteLinksAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        await EndFormerAsync(
            [
                .. rows.Where(row => !row.Ancestor.IsDefault
                    && row is { HubSpotId: not null, LinkVersion: null, Write: not LocalWrite.Create }),
            ],
            cancellationToken);
        if (rows.Any(row => !row.Ancestor.IsDefault))
        {
            await WriteAgreedAsync(cancellationToken);
        }

        var others = rows.Where(row => row.Ancestor.IsDefault && row.HubSpotId is not null).ToList();
        await WriteSeenAsync(
            others.FindAll(row => row.State == OutcomeState.InSync && !row.IsDetached), cancellationToken);
        await DetachAsync(others.FindAll(row => row.IsDetached), cancellationToken);
    }

    /// <summary>A record that is linked anew was maybe linked to another one before.</summary>
    private Task EndFormerAsync(List<PageRow> rows, CancellationToken cancellationToken) => RunAsync(
        """
        delete from record_links l using unnest($3::bigint[], $4::uuid[]) as p(hubspot_id, local_id)
          where l.connection_id = $1 and l.kind = $2 and l.local_id = any($4) and l.local_id = p.local_id
            and l.hubspot_id <> p.hubspot_id
        """,
        rows,
        rows.Select(row => row.LocalId!.Value).ToArray(), // who is linked is here
        cancellationToken);

    private async Task WriteAgreedAsync(CancellationToken cancellationToken)
    {
        await using var command = Command(
            """
            insert into record_links as l (connection_id, kind, hubspot_id, workspace_id, local_id, ancestor,
                hubspot_seen_at, hubspot_written_at)
              select $1, $2, hubspot_id, $3, local_id, ancestor, seen_at, written_at from page_rows
                where ancestor is not null and hubspot_id is not null and local_id is not null
              on conflict (connection_id, kind, hubspot_id) do update set
                  ancestor = excluded.ancestor,
                  hubspot_seen_at = greatest(l.hubspot_seen_at, excluded.hubspot_seen_at),
                  hubspot_written_at = greatest(l.hubspot_written_at, excluded.hubspot_written_at),
                  detached_at = null, detached_reason = null
                where l.ancestor is distinct from excluded.ancestor or l.detached_at is not null
                  or l.hubspot_seen_at is distinct from greatest(l.hubspot_seen_at, excluded.hubspot_seen_at)
                  or l.hubspot_written_at is distinct from
                    greatest(l.hubspot_written_at, excluded.hubspot_written_at)
            """,
            connectionId, _kind, workspaceId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private Task WriteSeenAsync(List<PageRow> rows, CancellationToken cancellationToken) => RunAsync(
        """
        update record_links l set hubspot_seen_at = greatest(l.hubspot_seen_at, p.seen_at),
            detached_at = null, detached_reason = null
          from unnest($3::bigint[], $4::timestamptz[]) as p(hubspot_id, seen_at)
          where l.connection_id = $1 and l.kind = $2 and l.hubspot_id = any($3) and l.hubspot_id = p.hubspot_id
            and (l.detached_at is not null or l.hubspot_seen_at is null or l.hubspot_seen_at < p.seen_at)
        """,
        rows,
        rows.Select(row => row.SeenAt?.ToUniversalTime()).ToArray(),
        cancellationToken);

    private Task DetachAsync(List<PageRow> rows, CancellationToken cancellationToken) => RunAsync(
        """
        update record_links l set detached_at = now(), detached_reason = p.reason
          from unnest($3::bigint[], $4::text[]) as p(hubspot_id, reason)
          where l.connection_id = $1 and l.kind = $2 and l.hubspot_id = any($3) and l.hubspot_id = p.hubspot_id
            and l.detached_reason is distinct from p.reason
        """,
        rows,
        rows.Select(row => row.Reason.ToString()).ToArray(),
        cancellationToken);

    /// <summary>For HubSpot's ids as <c>$3</c> and something of each row as <c>$4</c>.</summary>
    private async Task RunAsync(
        string sql, IReadOnlyList<PageRow> rows, object values, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        var ids = rows.Select(row => row.HubSpotId!.Value).ToArray(); // filtered by the caller
        await using var command = Command(sql, connectionId, _kind, ids, values);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <param name="key">The other half of a pair that may be there only once; <c>null</c> for a plain column.</param>
    private async Task MoveDependentsAsync(
        string owner, string column, string? key, CancellationToken cancellationToken)
    {
        var clash = key is null ? "" : $"""
            and not exists (select 1 from {owner} other where other.{key} = d.{key} and other.{column} = p.local_id)
            """;
        await using var command = Command(
            $"""
            update {owner} d set {column} = p.local_id from page_rows p
              where d.{column} = any(p.merged_local_ids) and p.local_id is not null {clash}
            """);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task<List<Guid>> ReadIdsAsync(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            ids.Add(reader.GetGuid(0));
        }

        return ids;
    }

    private NpgsqlCommand Command(string sql, params object[] values) => connection.CommandOf(sql, values);
}
