using System.Globalization;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Health;

/// <summary>Numbers over time as charts, with a bar for every hour or day, also for those when nothing was.</summary>
internal sealed class HealthCharts(TimeZoneInfo zone, DateTimeOffset now)
{
    public const int Hours = 24;
    public const int Days = 14;

    /// <summary>Who asks HubSpot, in the order of importance.</summary>
    public static IReadOnlyList<(string Lane, string Label)> Lanes { get; } =
    [
        ("Person", "Somebody waits"), ("Push", "Edits made here"), ("Webhook", "Edits in HubSpot"),
        ("Reconcile", "Runs of changes"), ("Backfill", "Full runs"),
    ];

    public DateTimeOffset SinceHour => Hour(now).AddHours(1 - Hours);

    public DateTimeOffset SinceDay => now.AddDays(-Days);

    public Chart Usage(IReadOnlyList<UsageHour> usage) => new(
        "usage",
        "Requests to HubSpot, by the hour",
        [.. Lanes.Select(lane => lane.Label), "Slowed down"],
        [
            .. EachHour().Select(hour =>
            {
                var of = usage.Where(one => one.At == hour).ToList();
                var byLane = Lanes
                    .Select(lane => of.Where(one => one.Lane == lane.Lane).Sum(one => one.Requests))
                    .ToList();
                return new ChartBar(
                    LabelOf(hour),
                    [.. byLane.Select((requests, at) => new ChartPart(at, requests))],
                    [.. byLane.Append(of.Sum(one => one.Refused)).Select(number => Numbers.Count(number))]);
            }),
        ])
    {
        Series = [.. Lanes.Select(lane => lane.Label)],
        Top = usage.Count == 0 ? "" : $"{Numbers.Of(Busiest(usage), "request")} in the busiest hour",
        Empty = "No request in the last 24 hours.",
    };

    public Chart Waits(IReadOnlyList<WaitHour> waits) => new(
        "waits",
        "From an edit to the other side, by the hour",
        ["Records", "On average", "Longest"],
        [
            .. EachHour().Select(hour =>
            {
                var of = waits.FirstOrDefault(one => one.At == hour);
                var average = of is null ? 0 : of.TotalMs / Math.Max(1, of.Records);
                return new ChartBar(
                    LabelOf(hour),
                    [new ChartPart(0, average)],
                    of is null
                        ? ["0", "–", "–"]
                        : [Numbers.Count(of.Records), Seconds(average), Seconds(of.LongestMs)]);
            }),
        ])
    {
        Top = waits.Count == 0
            ? ""
            : $"{Seconds(waits.Max(one => one.TotalMs / Math.Max(1, one.Records)))} on average in the slowest hour",
        Empty = "No single record was looked at in the last 24 hours.",
    };

    public Chart Runs(IReadOnlyList<RunDay> days) => new(
        "runs",
        "Records looked at by runs, by the day",
        ["Runs", "Failed runs", "Records", "Time"],
        [
            .. EachDay().Select(day =>
            {
                var of = days.FirstOrDefault(one => one.Day == day) ?? new RunDay(day, 0, 0, 0, 0);
                return new ChartBar(
                    day.ToString("ddd d MMM", CultureInfo.InvariantCulture),
                    [new ChartPart(0, of.Records)],
                    [
                        Numbers.Count(of.Runs), Numbers.Count(of.FailedRuns), Numbers.Count(of.Records),
                        of.Runs == 0 ? "–" : RelativeTime.Duration(TimeSpan.FromSeconds(of.Seconds)),
                    ]);
            }),
        ])
    {
        Top = days.Count == 0 ? "" : $"{Numbers.Of(days.Max(day => day.Records), "record")} on the busiest day",
        Empty = $"No run in the last {Days} days.",
    };

    public static string Seconds(long milliseconds) => milliseconds < 10_000
        ? $"{(milliseconds / 1000.0).ToString("0.0", CultureInfo.InvariantCulture)} s"
        : RelativeTime.Duration(TimeSpan.FromMilliseconds(milliseconds));

    private static int Busiest(IEnumerable<UsageHour> usage) =>
        usage.GroupBy(one => one.At).Max(hour => hour.Sum(one => one.Requests));

    private IEnumerable<DateTimeOffset> EachHour() => Enumerable.Range(0, Hours).Select(at => SinceHour.AddHours(at));

    private IEnumerable<DateOnly> EachDay()
    {
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        return Enumerable.Range(1 - Days, Days).Select(at => today.AddDays(at));
    }

    private string LabelOf(DateTimeOffset hour) =>
        TimeZoneInfo.ConvertTime(hour, zone).ToString("ddd HH:mm", CultureInfo.InvariantCulture);

    private static DateTimeOffset Hour(DateTimeOffset at) =>
        new(at.UtcDateTime.Date.AddHours(at.UtcDateTime.Hour), TimeSpan.Zero);
}
