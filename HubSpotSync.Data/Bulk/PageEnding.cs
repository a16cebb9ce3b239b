using HubSpotSync.Data.Journal;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>
/// The last statement of a page: what asked for it moves on with it, or, where somebody else has it now, nothing does.
/// </summary>
internal sealed class PageEnding(NpgsqlConnection connection, Guid workspaceId, Guid connectionId, RecordTable table)
{
    /// <param name="rows">Those that were written; the moved ones count as failed and as nothing else.</param>
    /// <returns>How long the answered requests had waited, as JSON; <c>null</c> where none were answered.</returns>
    public async Task<string?> WriteAsync(
        PageCommit commit, IReadOnlyList<PageRow> rows, int moved, CancellationToken cancellationToken)
    {
        switch (commit)
        {
            case PageProgress progress:
                await MoveRunOnAsync(progress, rows, moved, cancellationToken);
                return null;
            case RequestCommit answered:
                return await AnswerRequestsAsync(answered, cancellationToken);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private async Task MoveRunOnAsync(
        PageProgress progress, IReadOnlyList<PageRow> rows, int moved, CancellationToken cancellationToken)
    {
        await using var command = connection.CommandOf(
            """
            with checkpoint as (
              insert into run_checkpoints (run_id, step, workspace_id, cursor, is_done) values ($1, $2, $3, $4, $5)
                on conflict (run_id, step) do update set cursor = excluded.cursor, is_done = excluded.is_done)
            update sync_runs set processed = processed + $6, created = created + $7, updated = updated + $8,
                linked = linked + $9, unchanged = unchanged + $10, excluded = excluded + $11, failed = failed + $12,
                pushed = pushed + $13, step = $2, attempts = 0, failing_since = null, wait_reason = null,
                wait_until = null, lease_until = now() + $14
              where id = $1 and lease_owner = $15
            """,
            progress.RunId,
            progress.Step.ToString(),
            workspaceId,
            (object?)progress.Cursor ?? DBNull.Value,
            progress.IsStepDone,
            rows.Count + moved,
            rows.Count(row => row.Write == LocalWrite.Create),
            rows.Count(row => row.Write == LocalWrite.Update || !row.HubSpotChanges.IsEmpty),
            rows.Count(row => row.IsNewLink && row.Write != LocalWrite.Create && !row.WasCreatedInHubSpot),
            rows.Count(IsUnchanged),
            rows.Count(row => row.State == OutcomeState.Excluded && !row.WasSeenInThisRun),
            rows.Count(row => row.State == OutcomeState.Failing) + moved,
            rows.Count(row => row.WasCreatedInHubSpot),
            progress.Lease,
            progress.LeaseOwner);
        if (await command.ExecuteNonQueryAsync(cancellationToken) == 0)
        {
            throw new FenceLostException();
        }
    }

    private async Task<string?> AnswerRequestsAsync(RequestCommit answered, CancellationToken cancellationToken)
    {
        // Held in the order in which others hold them, who tell of the same records just now.
        await using var command = connection.CommandOf(
            """
            with claimed as (
              select q.record_key, q.version = c.version as is_answered
                from unnest($1::text[], $2::bigint[]) as c(record_key, version)
                join sync_requests q on q.connection_id = $3 and q.kind = $4 and q.record_key = c.record_key
                  and q.lease_owner = $5
                order by q.record_key for update of q),
            answered as (
              delete from sync_requests q using claimed c
                where q.connection_id = $3 and q.kind = $4 and q.record_key = c.record_key and c.is_answered
                returning q.requested_at,
                  case when q.asked_by is not null then 'Person' when q.local_id is null then 'Webhook'
                    else 'Push' end as lane),
            waited as (
              select lane, count(*) as records,
                  sum(extract(epoch from clock_timestamp() - requested_at) * 1000)::bigint as total_ms,
                  max(extract(epoch from clock_timestamp() - requested_at) * 1000)::bigint as longest_ms
                from answered group by lane),
            again as (
              update sync_requests q set lease_owner = null, lease_until = null, attempts = 0,
                  due_at = greatest(q.due_at, now())
                from claimed c
                where q.connection_id = $3 and q.kind = $4 and q.record_key = c.record_key and not c.is_answered
                returning 1)
            select (select count(*) from answered) + (select count(*) from again),
              (select jsonb_agg(w)::text from waited w)
            """,
            answered.Requests.Select(request => request.Key.ToString()).ToArray(),
            answered.Requests.Select(request => request.Version).ToArray(),
            connectionId,
            table.Map.Kind.ToString(),
            answered.LeaseOwner);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken); // it always answers
        return reader.GetInt64(0) < answered.Requests.Count
            ? throw new FenceLostException()
            : reader.IsDBNull(1) ? null : reader.GetString(1);
    }

    private static bool IsUnchanged(PageRow row) => row.State == OutcomeState.InSync
        && row.Write == LocalWrite.None
        && row.HubSpotChanges.IsEmpty
        && !row.IsNewLink;
}
