using System.Diagnostics;
using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>
/// Writes a decided page: records, links with their ancestors, associations, outcomes, changes, conflicts, and
/// what moves on with it (a run's checkpoint, or the requests it answers), in one transaction and a fixed number of
/// statements. Either all of it is there or none.
/// </summary>
public sealed class PageWriter(CrmDbContext db)
{
    private const int LooksAtGrowth = 1_000;
    private const int MostTries = 5;

    /// <summary>Postgres ends a session that stands still for ten seconds with a transaction open.</summary>
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(8);

    private int _grown;

    /// <summary>
    /// How long to wait for the page before, with the rows of this one locked, where it is not for longer than twice
    /// what this one took: where much goes on, all pages take long. Who waits longer is probably waited for.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(1);

    /// <param name="before">
    /// What has to be committed first; this page is written meanwhile, up to its checkpoint. Where that fails, nothing
    /// of this page is written.
    /// </param>
    /// <param name="acceptMoved">
    /// <c>false</c>: where a record moved since it was looked at, nothing is written and the ids of those records are
    /// given back, to look again. <c>true</c>: the page is written without them.
    /// </param>
    /// <returns>Local ids of records that moved; empty when the page is written.</returns>
    /// <exception cref="FenceLostException">Somebody else has the work now.</exception>
    /// <exception cref="GaveWayException">It was in the way of another page, and nothing is written.</exception>
    public async Task<IReadOnlySet<Guid>> WriteAsync(
        Guid connectionId,
        RecordTable table,
        IReadOnlyList<PageRow> rows,
        PageCommit commit,
        bool acceptMoved,
        Task before,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(commit);
        ArgumentNullException.ThrowIfNull(before);
        List<PageRow> written;
        string? waits;
        try
        {
            var began = Stopwatch.GetTimestamp();
            await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
            var page = new PageTransaction(
                (NpgsqlConnection)db.Database.GetDbConnection(), db.WorkspaceId, connectionId, table, commit);
            await page.CheckFenceAsync(cancellationToken);
            await page.StageAsync(rows, cancellationToken);
            var moved = await page.WriteRecordsAsync(rows, cancellationToken);
            if (moved.Count > 0 && !acceptMoved)
            {
                return moved; // disposing the transaction takes everything back
            }

            written = [.. rows.Where(row => row.LocalId is null || !moved.Contains(row.LocalId.Value))];
            await page.WriteLinksAsync(written, cancellationToken);
            await page.WriteAssociationsAsync(rows, cancellationToken);
            await page.WriteOutcomesAsync(rows, cancellationToken);
            await page.WriteQuestionsAsync(written, cancellationToken);
            await page.WriteJournalAsync(written, cancellationToken);
            await page.SettleAsync(written, cancellationToken);
            await WaitForAsync(before, 2 * Stopwatch.GetElapsedTime(began), cancellationToken);
            waits = await page.EndAsync(written, moved.Count, cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (PostgresException error) when (error.IsDeadlock())
        {
            throw new GaveWayException(error);
        }

        if (waits is not null)
        {
            await CountWaitsAsync(connectionId, waits, cancellationToken);
        }

        await AskForAwaitedAsync(connectionId, written, cancellationToken);
        await RefreshStatisticsAsync(written, cancellationToken);
        return new HashSet<Guid>();
    }

    /// <summary>
    /// Not for long: where the page before waits for a row of ours, Postgres sees no deadlock, for we wait outside.
    /// </summary>
    private async Task WaitForAsync(Task before, TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            var most = time < LongestPatience ? time : LongestPatience;
            await before.WaitAsync(most > Patience ? most : Patience, cancellationToken);
        }
        catch (TimeoutException) when (!before.IsCompleted)
        {
            throw new GaveWayException();
        }
    }

    /// <summary>
    /// By itself and after the page: all pages count on the same few rows, and one that stood still with them would
    /// keep every other from being committed.
    /// </summary>
    private Task CountWaitsAsync(Guid connectionId, string waits, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into sync_waits as w (connection_id, at, lane, workspace_id, records, total_ms, longest_ms)
              select {connectionId}, date_bin('1 hour', now(), timestamptz 'epoch'), lane, {db.WorkspaceId}, records,
                  total_ms, longest_ms
                from jsonb_to_recordset({waits}::jsonb)
                  as t(lane text, records bigint, total_ms bigint, longest_ms bigint)
                order by lane
              on conflict (connection_id, at, lane) do update set records = w.records + excluded.records,
                total_ms = w.total_ms + excluded.total_ms, longest_ms = greatest(w.longest_ms, excluded.longest_ms)
            """,
            cancellationToken);

    /// <summary>Now and then where many rows come, or Postgres would plan for tables without this workspace.</summary>
    private async Task RefreshStatisticsAsync(List<PageRow> written, CancellationToken cancellationToken)
    {
        _grown += written.Count(row => row.IsNewLink);
        if (_grown >= LooksAtGrowth)
        {
            _grown = 0;
            await db.Database.ExecuteSqlAsync($"select refresh_statistics({db.WorkspaceId})", cancellationToken);
        }
    }

    /// <summary>
    /// Asks for a look at records of this page, or at those that named one of it, where both are here now. After the
    /// commit, when what other pages have committed can be seen.
    /// </summary>
    private async Task AskForAwaitedAsync(
        Guid connectionId, List<PageRow> written, CancellationToken cancellationToken)
    {
        long[] ids =
        [
            .. written.Where(row => row.IsNewLink || row.KnowsCompany || row.KnowsPeople)
                .Select(row => row.HubSpotId).OfType<long>(),
        ];
        for (var tries = 1; ids.Length > 0; tries++)
        {
            try
            {
                await db.Database.ExecuteSqlAsync($"select ask_for_awaited({connectionId}, {ids})", cancellationToken);
                return;
            }
            catch (PostgresException error) when (error.IsDeadlock() && tries < MostTries)
            {
                // Another page asks for the same records. What this one knows would wait for the next run.
            }
        }
    }
}
