using HubSpotSync.Data.Bulk;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Lists;

/// <summary>The lists of HubSpot's that the admin chose, and who is in them, as they were last read.</summary>
public sealed class ChosenLists(CrmDbContext db)
{
    /// <summary>By list: what <see cref="WriteAsync"/> was last told, <c>null</c> where it was never read.</summary>
    public async Task<IReadOnlyDictionary<long, string?>> ReadFingerprintsAsync(
        Guid connectionId, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<ListRow>(
            $"""
            select list_id as "ListId", fingerprint as "Fingerprint" from hubspot_lists
              where connection_id = {connectionId}
            """).ToListAsync(cancellationToken)).ToDictionary(row => row.ListId, row => row.Fingerprint);

    /// <summary>
    /// Writes down who is in a list. Whoever joined or left gets a look of its own, since HubSpot's modified date does
    /// not tell of it.
    /// </summary>
    /// <param name="list">Its id, name and what it is known by.</param>
    /// <param name="asks">Whether to ask for looks; a full run looks at everybody.</param>
    public async Task WriteAsync(
        Guid connectionId, ListState list, long[] members, bool asks, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(list);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var written = await db.Database.ExecuteSqlAsync(
            $"""
            insert into hubspot_lists as l (connection_id, list_id, workspace_id, name, size, fingerprint, read_at)
              select c.id, {list.Id}, c.workspace_id, {list.Name}, {members.Length}, {list.Fingerprint}, now()
                from hubspot_connections c where c.id = {connectionId} and c.epoch = {list.Epoch}
              on conflict (connection_id, list_id) do update set name = excluded.name, size = excluded.size,
                fingerprint = excluded.fingerprint, read_at = now(), missing_since = null
            """,
            cancellationToken);
        if (written == 0)
        {
            throw new FenceLostException();
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            with now_in as (select distinct id from unnest({members}) as m(id)),
            left_it as (
              delete from list_members m where m.connection_id = {connectionId} and m.list_id = {list.Id}
                and not exists (select 1 from now_in n where n.id = m.hubspot_id) returning m.hubspot_id),
            joined as (
              insert into list_members (connection_id, list_id, hubspot_id, workspace_id)
                select {connectionId}, {list.Id}, id, {db.WorkspaceId} from now_in
                on conflict do nothing returning hubspot_id),
            asked as (
              insert into sync_requests as q (connection_id, kind, record_key, workspace_id, hubspot_id, from_hubspot)
                select {connectionId}, 'Contact', 'h' || hubspot_id, {db.WorkspaceId}, hubspot_id, true
                  from (select hubspot_id from left_it union select hubspot_id from joined) moved
                  where {asks} order by 'h' || hubspot_id
                on conflict (connection_id, kind, record_key) do update set version = q.version + 1,
                  due_at = least(q.due_at, clock_timestamp()), parked_at = null
                returning 1)
            select pg_notify('sync_requests', '') where exists (select 1 from asked)
            """,
            cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>HubSpot does not have the list any more. Nobody is taken out of it for that.</summary>
    public Task MarkMissingAsync(Guid connectionId, long listId, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update hubspot_lists set missing_since = now()
              where connection_id = {connectionId} and list_id = {listId} and missing_since is null
            """,
            cancellationToken);

    /// <summary>What is known of single contacts: all chosen lists that they are in.</summary>
    public Task WriteMembershipsAsync(
        Guid connectionId, long[] contacts, IEnumerable<(long Contact, long List)> memberships,
        CancellationToken cancellationToken)
    {
        var pairs = memberships.ToList();
        var (ids, lists) = (pairs.Select(pair => pair.Contact).ToArray(), pairs.Select(pair => pair.List).ToArray());
        return db.Database.ExecuteSqlAsync(
            $"""
            with now_in as (select * from unnest({ids}, {lists}) as m(hubspot_id, list_id)),
            left_it as (
              delete from list_members m where m.connection_id = {connectionId} and m.hubspot_id = any({contacts})
                and not exists (select 1 from now_in n where n.hubspot_id = m.hubspot_id and n.list_id = m.list_id))
            insert into list_members (connection_id, list_id, hubspot_id, workspace_id)
              select {connectionId}, n.list_id, n.hubspot_id, {db.WorkspaceId} from now_in n
                join hubspot_lists l on l.connection_id = {connectionId} and l.list_id = n.list_id
              on conflict do nothing
            """,
            cancellationToken);
    }

    private sealed record ListRow(long ListId, string? Fingerprint);
}

/// <param name="Epoch">The fencing number that the reader works under.</param>
public sealed record ListState(long Id, string Name, string Fingerprint, long Epoch);
