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
        await using var command = connection.CommandOf(
            "select held, waited::text from answer_sync_requests($1, $2, $3, $4, $5)",
            connectionId,
            table.Map.Kind.ToString(),
            answered.LeaseOwner,
            answered.Requests.Select(request => request.Key.ToString()).ToArray(),
            answered.Requests.Select(request => request.Version).ToArray());
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken); // it always answers
        return reader.GetInt32(0) < answered.Requests.Count
            ? throw new FenceLostException()
            : reader.IsDBNull(1) ? null : reader.GetString(1);
    }

    private static bool IsUnchanged(PageRow row) => row.State == OutcomeState.InSync
        && row.Write == LocalWrite.None
        && row.HubSpotChanges.IsEmpty
        && !row.IsNewLink;
}
