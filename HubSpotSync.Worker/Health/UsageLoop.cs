using HubSpotSync.Data;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Health;

/// <summary>
/// Takes down every few seconds what of HubSpot's limit was used. A worker that is killed loses what it used since.
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
            try
            {
                await using var scope = scopes.CreateAsyncScope();
                var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
                db.EnterWorkspace(key.WorkspaceId, "engine");
                await WriteAsync(db, key, usage, cancellationToken);
            }
            catch (Exception error) when (error.IsDatabaseAway())
            {
                book.Add(key, usage);
                Log.NotWritten(logger, error.GetType().Name);
            }
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

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "What was used of HubSpot's limit could not be taken down ({Error})")]
        public static partial void NotWritten(ILogger logger, string error);
    }
}
