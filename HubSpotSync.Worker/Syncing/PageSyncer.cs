using System.Collections.Frozen;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Bulk;
using HubSpotSync.Data.Journal;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Worker.Health;

namespace HubSpotSync.Worker.Syncing;

/// <summary>
/// The one engine: look at both sides of a page of records, plan, apply, remember. Whatever starts a sync ends here.
/// Where a record moved between look and write, the whole page is looked at again; the last time the others are
/// written and the restless one is reported.
/// </summary>
internal sealed partial class PageSyncer(
    PageWriter writer,
    InwardLook inward,
    AbsentLook absent,
    OutwardLook outward,
    RequestedLook requested,
    OverwrittenLook overwritten,
    MappedFields fields,
    SetAside setAside,
    SyncMetrics metrics,
    ILogger<PageSyncer> logger)
{
    private const int MostLooks = 3;
    private const int MostTimesGivingWay = 5;

    /// <summary>Records that HubSpot has, and those that it should have listed among them and did not.</summary>
    public Task SyncInwardAsync(
        SyncContext context,
        RecordKind kind,
        InwardRecords page,
        PageProgress progress,
        CancellationToken cancellationToken) =>
        SyncOrSetAsideAsync(
            context,
            kind,
            [.. page.Records.Select(record => record.Id).Union(page.Unlisted).Select(id => new RecordKey(id, null))],
            table => LookInwardAsync(context, table, page, cancellationToken),
            progress,
            page.Turn,
            cancellationToken);

    /// <summary>Records that only we may have.</summary>
    public Task SyncOutwardAsync(
        SyncContext context,
        RecordKind kind,
        IReadOnlyList<LocalRow> page,
        PageProgress progress,
        CancellationToken cancellationToken)
    {
        var isFirst = true;
        return SyncOrSetAsideAsync(
            context,
            kind,
            [.. page.Select(local => new RecordKey(null, local.Id))],
            LookAsync,
            progress,
            null,
            cancellationToken);

        Task<List<PageRow>> LookAsync(RecordTable table)
        {
            (var isFresh, isFirst) = (isFirst, false);
            return isFresh
                ? outward.LookAsync(context, table, page, cancellationToken)
                : outward.LookAgainAsync(context, table, page, cancellationToken);
        }
    }

    /// <summary>Records that somebody asked to look at, on whichever side they are.</summary>
    public Task SyncRequestedAsync(
        SyncContext context,
        RecordKind kind,
        IReadOnlyList<RequestedRecord> records,
        PageCommit commit,
        CancellationToken cancellationToken) =>
        SyncAsync(
            context,
            kind,
            table => requested.LookAsync(context, table, records, cancellationToken),
            commit,
            null,
            cancellationToken);

    /// <summary>Records that we changed in HubSpot and have not looked over since.</summary>
    public Task SyncOverwrittenAsync(
        SyncContext context,
        RecordKind kind,
        IReadOnlyList<AnsweredWrite> writes,
        PageProgress progress,
        CancellationToken cancellationToken) =>
        SyncOrSetAsideAsync(
            context,
            kind,
            [.. writes.Select(write => new RecordKey(write.HubSpotId, write.LocalId))],
            table => overwritten.LookAsync(context, table, writes, cancellationToken),
            progress,
            null,
            cancellationToken);

    private async Task<List<PageRow>> LookInwardAsync(
        SyncContext context, RecordTable table, InwardRecords page, CancellationToken cancellationToken)
    {
        var rows = await inward.LookAsync(context, table, page.Records, page.Source, cancellationToken);
        if (page.Unlisted.Count > 0)
        {
            var missing = await absent.LookAsync(
                context, table, [.. page.Unlisted], FrozenSet<long>.Empty, cancellationToken);
            var known = page.Records.Select(record => record.Id).ToHashSet();
            HubSpotRecord[] moved = [.. missing.Moved.Where(record => known.Add(record.Id))];
            rows.AddRange(await inward.LookAsync(context, table, moved, PageSource.Ids, cancellationToken));
            rows.AddRange(missing.Rows);
        }

        return rows;
    }

    private async Task SyncOrSetAsideAsync(
        SyncContext context,
        RecordKind kind,
        IReadOnlyList<RecordKey> keys,
        Func<RecordTable, Task<List<PageRow>>> look,
        PageProgress progress,
        PageTurn? turn,
        CancellationToken cancellationToken)
    {
        try
        {
            await SyncAsync(context, kind, look, progress, turn, cancellationToken);
        }
        catch (Exception error) when (progress.MaySetAside && error.IsOurs())
        {
            await (turn?.ToCommitAsync() ?? Task.CompletedTask); // where that one failed, the error is not this page's
            if (!await setAside.TryAsync(context, kind, keys, progress, cancellationToken))
            {
                throw;
            }

            Log.SetAside(logger, error, keys.Count);
        }
    }

    private async Task SyncAsync(
        SyncContext context,
        RecordKind kind,
        Func<RecordTable, Task<List<PageRow>>> look,
        PageCommit commit,
        PageTurn? turn,
        CancellationToken cancellationToken)
    {
        using var activity = SyncActivities.Source.StartActivity("sync page");
        activity?.SetTag("record.kind", kind.ToString());
        var before = turn?.ToCommitAsync() ?? Task.CompletedTask;
        var (looks, gaveWay) = (1, 0);
        while (true)
        {
            RecordTable table;
            List<PageRow> rows;
            using (turn is null ? null : await turn.ToLookAsync(cancellationToken))
            {
                table = context.TableOf(kind);
                rows = await look(table);
                if (context.TakeSuspects(kind) is { Count: > 0 } suspects
                    && await fields.DisableLostAsync(context, kind, suspects, cancellationToken))
                {
                    continue; // without them; each is asked about once, so this ends
                }
            }

            await (turn?.ToWriteAsync() ?? Task.CompletedTask);
            try
            {
                var moved = await writer.WriteAsync(
                    context.ConnectionId,
                    table,
                    rows,
                    commit,
                    acceptMoved: looks >= MostLooks,
                    before,
                    cancellationToken);
                if (moved.Count == 0)
                {
                    activity?.SetTag("records", rows.Count);
                    foreach (var state in Enum.GetValues<OutcomeState>())
                    {
                        metrics.Looked(kind, state.ToString(), rows.Count(row => row.State == state));
                    }

                    return;
                }

                looks++;
            }
            catch (GaveWayException) when (gaveWay++ < MostTimesGivingWay)
            {
                await before;
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "A page of {Records} records failed again and is left out of its run")]
        public static partial void SetAside(ILogger logger, Exception error, int records);
    }
}
