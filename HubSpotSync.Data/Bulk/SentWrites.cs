using System.Collections.Immutable;
using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>Notes what is about to be sent to HubSpot, in a transaction of its own.</summary>
public sealed class SentWrites(CrmDbContext db)
{
    /// <summary>How long a call that was sent may still be under way.</summary>
    internal const string LongestOnItsWay = "10 minutes";

    /// <summary>
    /// Notes changes of linked records, and only of those of which nobody else has sent or written anything since we
    /// looked: what we would send may be old by now, or be there already. It gives the links new versions, so that of
    /// two who looked at once only one sends. What has no version is about no link yet, and is noted as it is.
    /// </summary>
    /// <returns>What may be sent, with the versions that its links have now.</returns>
    /// <exception cref="FenceLostException">Somebody else has the work now: nothing may be sent any more.</exception>
    public async Task<IReadOnlyDictionary<Guid, long?>> NoteChangesAsync(
        Guid connectionId,
        long epoch,
        FieldMap map,
        IReadOnlyList<NotedWrite> writes,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count == 0)
        {
            return new Dictionary<Guid, long?>();
        }

        var kind = map.Kind.ToString();
        var (ids, locals, records, fields) = ColumnsOf(map, writes);
        var versions = writes.Select(write => write.LinkVersion).ToArray();
        var noted = await db.Database.SqlQuery<NotedRow>(
            $"""
            with sent as (
              select * from unnest({ids}, {locals}, {records}, {fields}, {versions})
                as n(id, local_id, hubspot_id, fields, version)),
            ours as (
              select l.hubspot_id from record_links l
                join sent n on n.hubspot_id = l.hubspot_id and n.version = l.xmin::text::bigint
                where l.connection_id = {connectionId} and l.kind = {kind} and l.hubspot_id = any({records})
                order by l.hubspot_id for no key update of l),
            marked as (
              update record_links l set hubspot_written_at = l.hubspot_written_at from ours
                where l.connection_id = {connectionId} and l.kind = {kind} and l.hubspot_id = ours.hubspot_id
                returning l.hubspot_id, l.xmin::text::bigint as version),
            noted as (
              insert into sent_writes (id, connection_id, kind, workspace_id, local_id, hubspot_id, fields)
                select n.id, c.id, {kind}, c.workspace_id, n.local_id, n.hubspot_id, n.fields::jsonb
                  from hubspot_connections c cross join sent n left join marked m on m.hubspot_id = n.hubspot_id
                  where c.id = {connectionId} and c.epoch = {epoch}
                    and (n.version is null or m.version is not null)
                returning id, hubspot_id)
            select c.epoch = {epoch} as "HasFence", n.id as "Id", m.version as "LinkVersion"
              from hubspot_connections c left join noted n on true left join marked m on m.hubspot_id = n.hubspot_id
              where c.id = {connectionId}
            """).ToListAsync(cancellationToken);
        return noted is [{ HasFence: true }, ..]
            ? noted.Where(row => row.Id is not null).ToDictionary(row => row.Id!.Value, row => row.LinkVersion)
            : throw new FenceLostException();
    }

    /// <summary>
    /// Notes creations, and only those of customers whom nobody has found in HubSpot meanwhile. The customers are
    /// locked first, and so they are where a link is written: either this sees the link, or that one sees the note.
    /// </summary>
    /// <returns>The customers that may be created.</returns>
    /// <exception cref="FenceLostException">Somebody else has the work now: nothing may be sent any more.</exception>
    public async Task<IReadOnlySet<Guid>> NoteCreationsAsync(
        Guid connectionId,
        long epoch,
        FieldMap map,
        IReadOnlyList<NotedWrite> writes,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(writes);
        if (writes.Count == 0)
        {
            return new HashSet<Guid>();
        }

        Guid[] locals = [.. writes.Select(write => write.LocalId)];
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        await db.Database.ExecuteSqlAsync(
            $"select from customers where id = any({locals}) order by id for no key update", cancellationToken);
        var kind = map.Kind.ToString();
        var linked = await db.Database.SqlQuery<Guid>(
            $"""
            select local_id as "Value" from record_links
              where connection_id = {connectionId} and kind = {kind} and local_id = any({locals})
            """).ToListAsync(cancellationToken);
        List<NotedWrite> open = [.. writes.Where(write => !linked.Contains(write.LocalId))];
        await NoteChangesAsync(connectionId, epoch, map, open, cancellationToken); // no link, so no version to keep
        await transaction.CommitAsync(cancellationToken);
        return open.Select(write => write.LocalId).ToHashSet();
    }

    /// <summary>
    /// <c>$1</c>: notes. Those stay a while whose record has another one that is not answered: of two that say the
    /// same, it has to be known which one HubSpot's history shows.
    /// </summary>
    internal const string EndLookedOver =
        """
        with ended as (
          delete from sent_writes s where s.id = any($1) and not exists (select from sent_writes o
            where o.connection_id = s.connection_id and o.kind = s.kind and o.local_id = s.local_id
              and o.answered_at is null)
            returning s.id)
        update sent_writes set looked_over_at = now()
          where id = any($1) and id not in (select id from ended)
        """;

    /// <summary>The next records that were changed in HubSpot by us and not looked over since.</summary>
    /// <param name="except">HubSpot ids that were tried already.</param>
    public async Task<List<AnsweredWrite>> ReadAnsweredAsync(
        Guid connectionId, FieldMap map, int limit, long[] except, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(map);
        var rows = await db.Database.SqlQuery<AnsweredRow>(
            $"""
            select local_id as "LocalId", hubspot_id as "HubSpotId", array_agg(id order by sent_at) as "Ids",
                (select jsonb_agg(o.fields order by o.sent_at) from sent_writes o
                  where o.connection_id = {connectionId} and o.kind = {map.Kind.ToString()}
                    and o.local_id = s.local_id)::text as "Fields"
              from sent_writes s
              where connection_id = {connectionId} and kind = {map.Kind.ToString()} and answered_at is not null
                and looked_over_at is null and hubspot_id <> all ({except})
              group by local_id, hubspot_id order by min(sent_at) limit {limit}
            """).ToListAsync(cancellationToken);
        return rows.ConvertAll(row =>
        {
            using var fields = JsonDocument.Parse(row.Fields);
            return new AnsweredWrite(
                row.LocalId,
                row.HubSpotId,
                row.Ids,
                [.. fields.RootElement.EnumerateArray().SelectMany(one => FieldChangeJson.Read(map, one))]);
        });
    }

    public async Task MarkLookedOverAsync(Guid[] ids, CancellationToken cancellationToken)
    {
        if (ids.Length > 0)
        {
            await db.Database.OpenConnectionAsync(cancellationToken);
            await using var command = ((NpgsqlConnection)db.Database.GetDbConnection()).CommandOf(EndLookedOver, [ids]);
            await command.ExecuteNonQueryAsync(cancellationToken);
            await db.Database.CloseConnectionAsync();
        }
    }

    internal static IReadOnlyList<SentWrite> Read(FieldMap map, string json)
    {
        using var document = JsonDocument.Parse(json);
        return
        [
            .. document.RootElement.EnumerateArray().Select(sent => new SentWrite(
                sent[0].GetGuid(), [.. FieldChangeJson.Read(map, sent[1])], sent[2].GetBoolean())
            {
                At = DateTimeOffset.FromUnixTimeMilliseconds(sent[3].GetInt64()),
                IsCreation = sent[4].GetBoolean(),
                HasLanded = sent[5].GetBoolean(),
            }),
        ];
    }

    private static (Guid[] Ids, Guid[] Locals, long?[] Records, string[] Fields) ColumnsOf(
        FieldMap map, IReadOnlyList<NotedWrite> writes) =>
        ([.. writes.Select(write => write.Id)],
            [.. writes.Select(write => write.LocalId)],
            [.. writes.Select(write => write.HubSpotId)],
            [.. writes.Select(write => FieldChangeJson.Write(map, write.Changes))]);

    private sealed record NotedRow(bool HasFence, Guid? Id, long? LinkVersion);

    private sealed record AnsweredRow(Guid LocalId, long HubSpotId, Guid[] Ids, string Fields);
}

/// <param name="HubSpotId"><c>null</c>: HubSpot is to create it.</param>
public sealed record NotedWrite(Guid Id, Guid LocalId, long? HubSpotId, ImmutableArray<FieldChange> Changes)
{
    /// <summary>Of the link as it was looked at; <c>null</c> where there is none yet.</summary>
    public long? LinkVersion { get; init; }
}
