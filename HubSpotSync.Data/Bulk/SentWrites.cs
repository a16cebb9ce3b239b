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

    /// <exception cref="FenceLostException">Somebody else has the work now: nothing may be sent any more.</exception>
    public async Task NoteAsync(
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
            return;
        }

        var (ids, locals, records, fields) = (
            writes.Select(write => write.Id).ToArray(),
            writes.Select(write => write.LocalId).ToArray(),
            writes.Select(write => write.HubSpotId).ToArray(),
            writes.Select(write => FieldChangeJson.Write(map, write.Changes)).ToArray());
        var noted = await db.Database.ExecuteSqlAsync(
            $"""
            insert into sent_writes (id, connection_id, kind, workspace_id, local_id, hubspot_id, fields)
              select n.id, c.id, {map.Kind.ToString()}, c.workspace_id, n.local_id, n.hubspot_id, n.fields::jsonb
                from hubspot_connections c
                cross join unnest({ids}, {locals}, {records}, {fields}) as n(id, local_id, hubspot_id, fields)
                where c.id = {connectionId} and c.epoch = {epoch}
            """,
            cancellationToken);
        if (noted == 0)
        {
            throw new FenceLostException();
        }
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
        await NoteAsync(connectionId, epoch, map, open, cancellationToken);
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

    private sealed record AnsweredRow(Guid LocalId, long HubSpotId, Guid[] Ids, string Fields);
}

/// <param name="HubSpotId"><c>null</c>: HubSpot is to create it.</param>
public sealed record NotedWrite(Guid Id, Guid LocalId, long? HubSpotId, ImmutableArray<FieldChange> Changes);
