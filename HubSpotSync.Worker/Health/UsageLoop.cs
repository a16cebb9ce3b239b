using HubSpotSync.Data;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Health;

/// <summary>
/// Takes down every few seconds what of HubSpot's limit was used, and what HubSpot said of it. A worker that is killed
/// loses what it used since.
/// </summary>
internal sealed partial class UsageLoop(
    IServiceScopeFactory scopes, UsageBook book, TimeProvider clock, ILogger<UsageLoop> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await RunOnceAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, usage) in book.Take())
        {
            if (!await TryAsync(key.WorkspaceId, db => WriteAsync(db, key, usage, cancellationToken)))
            {
                book.Add(key, usage);
            }
        }

        foreach (var (key, note) in book.TakeDays())
        {
            if (!await TryAsync(
                key.WorkspaceId, db => WriteDayAsync(db, key.ConnectionId, note, cancellationToken)))
            {
                book.NoteDay(key.WorkspaceId, key.ConnectionId, note);
            }
        }
    }

    private async Task<bool> TryAsync(Guid workspaceId, Func<CrmDbContext, Task> write)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            db.EnterWorkspace(workspaceId, "engine");
            await write(db);
            return true;
        }
        catch (Exception error) when (error.IsDatabaseAway())
        {
            Log.NotWritten(logger, error.GetType().Name);
            return false;
        }
    }

    private static Task WriteAsync(CrmDbContext db, UsageKey key, Usage usage, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into hubspot_usage as u (connection_id, at, lane, workspace_id, requests, refused, failed)
              select id, date_bin('10 minutes', now(), timestamptz 'epoch'), {key.Lane.ToString()}, workspace_id,
                  {usage.Requests}, {usage.Refused}, {usage.Failed}
                from hubspot_connections where id = {key.ConnectionId}
              on conflict (connection_id, at, lane) do update set requests = u.requests + excluded.requests,
                refused = u.refused + excluded.refused, failed = u.failed + excluded.failed
            """,
            cancellationToken);

    // Several workers hear of the same account: what was said last stays.
    private static Task WriteDayAsync(
        CrmDbContext db, Guid connectionId, DayNote note, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            insert into hubspot_day_limits as d (connection_id, workspace_id, day_limit, used, learnt_at)
              select id, workspace_id, {note.Use.Limit}, {note.Use.Used}, {note.At}
                from hubspot_connections where id = {connectionId}
              on conflict (connection_id) do update set day_limit = excluded.day_limit, used = excluded.used,
                learnt_at = excluded.learnt_at
                where d.learnt_at <= excluded.learnt_at
            """,
            cancellationToken);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "What was used of HubSpot's limit could not be taken down ({Error})")]
        public static partial void NotWritten(ILogger logger, string error);
    }
}
