using System.ComponentModel.DataAnnotations.Schema;
using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Health;

/// <summary>Records that wait to be looked at, one by one.</summary>
internal sealed record QueueFacts(
    [property: Column("waiting")] int Waiting,
    [property: Column("due")] int Due,
    [property: Column("tried")] int Tried,
    [property: Column("oldest_due")] DateTimeOffset? OldestDue,
    [property: Column("parked")] int Parked,
    [property: Column("parked_error")] string? ParkedError);

/// <summary>Requests to HubSpot in an hour, by who made them.</summary>
internal sealed record UsageHour(
    [property: Column("at")] DateTimeOffset At,
    [property: Column("lane")] string Lane,
    [property: Column("requests")] int Requests,
    [property: Column("refused")] int Refused,
    [property: Column("failed")] int Failed);

/// <summary>Looks that somebody asked for in an hour: how many, and how long they took.</summary>
internal sealed record WaitHour(
    [property: Column("at")] DateTimeOffset At,
    [property: Column("records")] int Records,
    [property: Column("total_ms")] long TotalMs,
    [property: Column("longest_ms")] long LongestMs);

/// <summary>Runs of a day.</summary>
internal sealed record RunDay(
    [property: Column("day")] DateOnly Day,
    [property: Column("runs")] int Runs,
    [property: Column("failed_runs")] int FailedRuns,
    [property: Column("records")] int Records,
    [property: Column("seconds")] int Seconds);

/// <summary>How the sync is doing, in numbers that Postgres adds up.</summary>
internal sealed class HealthFacts(CrmDbContext db, OutcomeList outcomes, TimeProvider clock)
{
    /// <summary>How it is, in one sentence, from three short questions.</summary>
    public async Task<HealthLine> LineAsync(HubSpotConnection connection, CancellationToken cancellationToken)
    {
        var latest = await db.Runs.AsNoTracking()
            .Where(run => run.ConnectionId == connection.Id)
            .OrderByDescending(run => run.RequestedAt)
            .FirstOrDefaultAsync(cancellationToken);
        var counts = await outcomes.CountAsync(connection.Id, cancellationToken);
        var day = await DayAsync(connection, cancellationToken);
        return HealthLine.Of(new HealthSigns(connection, counts, latest, day), clock.GetUtcNow());
    }

    /// <summary>What HubSpot said today of the account's limit a day.</summary>
    public async Task<DailyLimit?> DayAsync(HubSpotConnection connection, CancellationToken cancellationToken)
    {
        var said = await db.Database.SqlQuery<DailyLimit>(
            $"""
            select day_limit as "Limit", used as "Used", learnt_at as "LearntAt"
              from hubspot_day_limits where connection_id = {connection.Id}
            """).ToListAsync(cancellationToken);
        return said is [var day] && day.IsOfToday(connection, clock.GetUtcNow()) ? day : null;
    }

    public async Task<QueueFacts> QueueAsync(Guid connectionId, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<QueueFacts>(
            $"""
            select count(*) filter (where parked_at is null)::int as waiting,
                count(*) filter (where parked_at is null and due_at <= clock_timestamp())::int as due,
                count(*) filter (where parked_at is null and attempts > 1)::int as tried,
                min(due_at) filter (where parked_at is null) as oldest_due,
                count(*) filter (where parked_at is not null)::int as parked,
                max(last_error) filter (where parked_at is not null) as parked_error
              from sync_requests where connection_id = {connectionId}
            """).ToListAsync(cancellationToken))[0];

    public Task<List<UsageHour>> UsageAsync(
        Guid connectionId, DateTimeOffset since, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<UsageHour>(
            $"""
            select date_bin('1 hour', at, timestamptz 'epoch') as at, lane, sum(requests)::int as requests,
                sum(refused)::int as refused, sum(failed)::int as failed
              from hubspot_usage where connection_id = {connectionId} and at >= {since}
              group by 1, 2 order by 1, 2
            """).ToListAsync(cancellationToken);

    public Task<List<WaitHour>> WaitsAsync(
        Guid connectionId, DateTimeOffset since, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<WaitHour>(
            $"""
            select at, sum(records)::int as records, sum(total_ms)::bigint as total_ms,
                max(longest_ms) as longest_ms
              from sync_waits where connection_id = {connectionId} and at >= {since}
              group by at order by at
            """).ToListAsync(cancellationToken);

    public Task<List<RunDay>> RunsAsync(
        Guid connectionId, DateTimeOffset since, string zone, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<RunDay>(
            $"""
            select (coalesce(started_at, requested_at) at time zone {zone})::date as day, count(*)::int as runs,
                count(*) filter (where state = 'Failed')::int as failed_runs, sum(processed)::int as records,
                coalesce(sum(extract(epoch from finished_at - started_at)), 0)::int as seconds
              from sync_runs where connection_id = {connectionId} and requested_at >= {since}
              group by 1 order by 1
            """).ToListAsync(cancellationToken);
}
