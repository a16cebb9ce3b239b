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
    /// <param name="acceptMoved">
    /// <c>false</c>: where a record moved since it was looked at, nothing is written and the ids of those records are
    /// given back, to look again. <c>true</c>: the page is written without them.
    /// </param>
    /// <returns>Local ids of records that moved; empty when the page is written.</returns>
    /// <exception cref="FenceLostException">Somebody else has the work now.</exception>
    public async Task<IReadOnlySet<Guid>> WriteAsync(
        Guid connectionId,
        RecordTable table,
        IReadOnlyList<PageRow> rows,
        PageCommit commit,
        bool acceptMoved,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(commit);
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

        List<PageRow> written = [.. rows.Where(row => row.LocalId is null || !moved.Contains(row.LocalId.Value))];
        await page.WriteLinksAsync(written, cancellationToken);
        await page.WriteAssociationsAsync(rows, cancellationToken);
        await page.WriteOutcomesAsync(rows, cancellationToken);
        await page.WriteQuestionsAsync(written, cancellationToken);
        await page.WriteJournalAsync(written, cancellationToken);
        await page.SettleAsync(written, cancellationToken);
        await page.EndAsync(written, moved.Count, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await page.AskForAwaitedAsync(written, cancellationToken);
        return new HashSet<Guid>();
    }
}
