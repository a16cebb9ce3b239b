using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>The part of a page that forgets: notes of what was sent, and people who are to be forgotten.</summary>
internal sealed class PageSettling(NpgsqlConnection connection, Guid workspaceId, Guid connectionId)
{
    public async Task SettleAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        await SettleSentAsync(rows, cancellationToken);
        await EraseAsync(rows, cancellationToken);
    }

    /// <summary>
    /// Notes of what was sent end here, except those of changes that HubSpot made: a reconcile still looks whether they
    /// overwrote an edit that nobody had seen.
    /// </summary>
    private async Task SettleSentAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        var done = rows
            .Where(row => row is { SentId: not null, IsSentDone: true, WasCreatedInHubSpot: false })
            .ToList();
        Guid[] found = [.. rows.SelectMany(row => row.Settled).Where(sent => !sent.IsOld).Select(sent => sent.Id)];
        Guid[] over =
        [
            .. rows.SelectMany(row => row.Settled).Where(sent => sent.IsOld).Select(sent => sent.Id),
            .. rows.Except(done).Select(row => row.SentId).OfType<Guid>(),
        ];
        if (done.Count + found.Length + over.Length == 0)
        {
            return;
        }

        await using var command = connection.CommandOf(
            """
            with over as (
              delete from sent_writes where id = any($1) or (id = any($4) and hubspot_id is null)),
            found as (
              update sent_writes set answered_at = clock_timestamp() where id = any($4) and hubspot_id is not null)
            update sent_writes s set answered_at = d.at
              from unnest($2::uuid[], $3::timestamptz[]) as d(id, at) where s.id = d.id
            """,
            over,
            done.Select(row => row.SentId!.Value).ToArray(), // filtered above
            done.Select(row => row.WrittenAt!.Value.ToUniversalTime()).ToArray(), // what was done has a time
            found);
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
