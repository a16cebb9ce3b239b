using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Data.Schedules;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Worker.Schedules;

/// <summary>
/// Asks for the run whose time has come and writes down the next time, both in one transaction: however many workers
/// look in the same second, one of them finds it due. Times that were missed while nobody ran are made up for once.
/// </summary>
public sealed class DueSchedule(CrmDbContext db, RunRequests runs, TimeProvider clock)
{
    /// <summary>How long a deletion that nobody told of may go unnoticed.</summary>
    private static readonly TimeSpan FullEvery = TimeSpan.FromDays(6.5);

    public async Task RunAsync(Guid connectionId, CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        var connection = await db.Connections
            .FromSql($"select *, xmin from hubspot_connections where id = {connectionId} for update skip locked")
            .SingleOrDefaultAsync(cancellationToken);
        if (connection is null)
        {
            return; // another worker has it
        }

        var now = clock.GetUtcNow();
        var isDue = connection.NextRunAt <= now;
        if (connection.NextRunAt is null || isDue)
        {
            connection.NextRunAt = CronTimes.NextOf(
                connection.Schedule, await TimeZoneAsync(cancellationToken), now);
        }

        var hasNewRules = connection.RulesChangedAt > connection.FullRunAt;
        if (!isDue && !hasNewRules && connection.NextRunAt is not null
            && await HasDecisionsAsync(connection, cancellationToken))
        {
            await runs.RequestAsync(connectionId, RunTrigger.Review, RunDepth.Decided, null, cancellationToken);
        }

        if (isDue || hasNewRules)
        {
            var isFull = hasNewRules || connection.FullRunAt is null || now - connection.FullRunAt > FullEvery;
            await runs.RequestAsync(
                connectionId,
                hasNewRules ? RunTrigger.Rules : RunTrigger.Schedule,
                isFull ? RunDepth.Full : RunDepth.Changes,
                null,
                cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>Somebody decided while another run was under way.</summary>
    private async Task<bool> HasDecisionsAsync(HubSpotConnection connection, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<bool>(
            $"""
            select exists (select 1 from import_decisions d
              join import_candidates c on c.connection_id = d.connection_id and c.hubspot_id = d.hubspot_id
              where d.connection_id = {connection.Id}
                and d.decided_at > coalesce({connection.DecisionsSince}::timestamptz, '-infinity')) as "Value"
            """).ToListAsync(cancellationToken))[0];

    private async Task<TimeZoneInfo> TimeZoneAsync(CancellationToken cancellationToken)
    {
        var id = await db.Workspaces.Select(workspace => workspace.TimeZone).SingleAsync(cancellationToken);
        return TimeZoneInfo.TryFindSystemTimeZoneById(id, out var zone) ? zone : TimeZoneInfo.Utc;
    }
}
