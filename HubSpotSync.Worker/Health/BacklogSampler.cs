using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Data;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Health;

/// <summary>Looks at the queue every few seconds for the gauges.</summary>
internal sealed partial class BacklogSampler(
    IServiceScopeFactory scopes, SyncMetrics metrics, TimeProvider clock, ILogger<BacklogSampler> logger)
    : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            do
            {
                await RunOnceAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
        }
    }

    public async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<CrmDbContext>();
            var backlog = await db.Database
                .SqlQuery<Backlog>($"select waiting, oldest_due from sync_backlog()")
                .SingleAsync(cancellationToken);
            metrics.Sample(backlog.Waiting, backlog.OldestDue is { } due ? clock.GetUtcNow() - due : TimeSpan.Zero);
        }
        catch (Exception error) when (error.IsDatabaseAway())
        {
            Log.NotSampled(logger, error.GetType().Name);
        }
    }

    private sealed record Backlog(
        [property: Column("waiting")] long Waiting, [property: Column("oldest_due")] DateTimeOffset? OldestDue);

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Debug, "The queue could not be sampled ({Error})")]
        public static partial void NotSampled(ILogger logger, string error);
    }
}
