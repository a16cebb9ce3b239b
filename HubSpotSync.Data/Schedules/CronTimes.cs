using Quartz;

namespace HubSpotSync.Data.Schedules;

/// <summary>When a cron expression comes: for the worker that keeps to it and the page that sets it.</summary>
public static class CronTimes
{
    /// <summary>Syncs need not be closer than that: HubSpot tells of single changes by itself.</summary>
    public static readonly TimeSpan Closest = TimeSpan.FromMinutes(5);

    private const int Looked = 100;

    public static bool IsValid(string cron) => CronExpression.TryParse(cron, out _);

    /// <summary>When the schedule comes next; <c>null</c> where it never does.</summary>
    public static DateTimeOffset? NextOf(string cron, TimeZoneInfo zone, DateTimeOffset after) =>
        IsValid(cron) ? new CronExpression(cron, zone).GetNextValidTimeAfter(after)?.ToUniversalTime() : null;

    /// <summary>The next times, as many as there are up to this number.</summary>
    public static IReadOnlyList<DateTimeOffset> NextOf(
        string cron, TimeZoneInfo zone, DateTimeOffset after, int count)
    {
        var times = new List<DateTimeOffset>(count);
        for (var next = NextOf(cron, zone, after); next is not null && times.Count < count;)
        {
            times.Add(next.Value);
            next = NextOf(cron, zone, next.Value);
        }

        return times;
    }

    /// <summary>Whether two of its next times are closer than they need be.</summary>
    public static bool IsTooOften(string cron, TimeZoneInfo zone, DateTimeOffset after)
    {
        var times = NextOf(cron, zone, after, Looked);
        return times.Zip(times.Skip(1)).Any(pair => pair.Second - pair.First < Closest);
    }
}
