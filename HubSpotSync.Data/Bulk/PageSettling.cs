using HubSpotSync.Core.Records;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>The part of a page that forgets: notes of what was sent, and people who are to be forgotten.</summary>
internal sealed class PageSettling(NpgsqlConnection connection, Guid workspaceId, Guid connectionId, RecordKind kind)
{
    public async Task SettleAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        await SettleSentAsync(rows, cancellationToken);
        await AskAsync([.. rows.Where(row => row.AsksForLookAt is not null)], cancellationToken);
        await EraseAsync(rows, cancellationToken);
    }

    /// <summary>
    /// Notes of what was sent end here, except those of changes that HubSpot made: a reconcile still looks whether they
    /// overwrote an edit that nobody had seen.
    /// </summary>
    private async Task SettleSentAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        var done = rows.Where(row => row is { SentId: not null, IsSentDone: true }).ToList();
        var found = rows.SelectMany(row => row.Settled.Where(sent => sent.HasLanded)
            .Select(sent => (sent.Id, row.HubSpotId))).ToList();
        Guid[] over =
        [
            .. rows.SelectMany(row => row.Settled).Where(sent => !sent.HasLanded).Select(sent => sent.Id),
            .. rows.Where(row => !row.IsSentDone).Select(row => row.SentId).OfType<Guid>(),
        ];
        Guid[] lookedOver = [.. rows.SelectMany(row => row.LookedOver)];
        if (lookedOver.Length > 0)
        {
            await using var end = connection.CommandOf(SentWrites.EndLookedOver, [lookedOver]);
            await end.ExecuteNonQueryAsync(cancellationToken);
        }

        if (done.Count + found.Count + over.Length == 0)
        {
            return;
        }

        // A creation that found somebody there already has overwritten them like any other write.
        await using var command = connection.CommandOf(
            """
            with over as (delete from sent_writes where id = any($1)),
            found as (
              update sent_writes s
                set answered_at = clock_timestamp(), hubspot_id = coalesce(s.hubspot_id, f.hubspot_id)
                from unnest($5::uuid[], $6::bigint[]) as f(id, hubspot_id) where s.id = f.id)
            update sent_writes s set answered_at = d.at, hubspot_id = coalesce(s.hubspot_id, d.hubspot_id)
              from unnest($2::uuid[], $3::timestamptz[], $4::bigint[]) as d(id, at, hubspot_id) where s.id = d.id
            """,
            over,
            done.Select(row => row.SentId!.Value).ToArray(), // filtered above
            done.Select(row => row.WrittenAt!.Value.ToUniversalTime()).ToArray(), // what was done has a time
            done.Select(row => row.HubSpotId).ToArray(),
            found.Select(sent => sent.Id).ToArray(),
            found.Select(sent => sent.HubSpotId).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task AskAsync(List<PageRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await using var command = connection.CommandOf(
            """
            with asked as (
              insert into sync_requests as q (connection_id, kind, record_key, workspace_id, local_id, hubspot_id,
                  due_at)
                select $1, $2, record_key, $3, local_id, hubspot_id, due_at
                  from unnest($4::text[], $5::uuid[], $6::bigint[], $7::timestamptz[])
                    as r(record_key, local_id, hubspot_id, due_at)
                  order by record_key
                on conflict (connection_id, kind, record_key) do update
                  set version = q.version + 1, local_id = excluded.local_id, due_at = excluded.due_at, attempts = 0,
                    last_error = null, parked_at = null)
            select pg_notify('sync_requests', '')
            """,
            connectionId,
            kind.ToString(),
            workspaceId,
            rows.Select(row => new RecordKey(row.HubSpotId, row.LocalId).ToString()).ToArray(),
            rows.Select(row => row.LocalId).ToArray(),
            rows.Select(row => row.HubSpotId).ToArray(),
            rows.Select(row => row.AsksForLookAt!.Value.ToUniversalTime()).ToArray()); // filtered by the caller
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>After the journal, whose values go as well.</summary>
    private async Task EraseAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        foreach (var row in rows.Where(row => row.IsErased))
        {
            await using var command = connection.CommandOf(
                """
                with remembered as (
                  insert into erased_people (workspace_id, email_hash) select $4, $5 where $5 is not null
                    on conflict do nothing)
                select erase_customer($1, $2, $3)
                """,
                connectionId,
                row.LocalId!.Value, // an erasure is of a record here
                row.HubSpotId!.Value, // that HubSpot had
                workspaceId,
                (object?)row.EmailHash ?? DBNull.Value);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
    }
}
