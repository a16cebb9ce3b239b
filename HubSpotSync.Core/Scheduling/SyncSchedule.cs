using System.Globalization;

namespace HubSpotSync.Core.Scheduling;

public enum ScheduleKind
{
    /// <summary>Only when a person asks for it.</summary>
    Never,
    Hourly,
    Daily,
    Weekly,

    /// <summary>Whatever a cron expression says.</summary>
    Cron,
}

/// <summary>When a connection syncs by itself, as people say it, and as the cron that is kept.</summary>
/// <param name="Cron">What is kept.</param>
public sealed record SyncSchedule(ScheduleKind Kind, string Cron)
{
    private static readonly string[] Days = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];

    /// <summary>Of the day or, hourly, of the hour; midnight where the schedule has none.</summary>
    public TimeOnly At { get; private init; }

    public DayOfWeek Day { get; private init; } = DayOfWeek.Monday;

    public static SyncSchedule Never { get; } = new(ScheduleKind.Never, "");

    public static SyncSchedule Hourly(int minute) => new(ScheduleKind.Hourly, Text($"0 {minute} * * * ?"))
    {
        At = new TimeOnly(0, minute),
    };

    public static SyncSchedule Daily(TimeOnly at) => new(ScheduleKind.Daily, Text($"0 {at.Minute} {at.Hour} * * ?"))
    {
        At = at,
    };

    public static SyncSchedule Weekly(DayOfWeek day, TimeOnly at) =>
        new(ScheduleKind.Weekly, Text($"0 {at.Minute} {at.Hour} ? * {Days[(int)day]}")) { At = at, Day = day };

    /// <summary>What a kept text means; a cron that none of the simple kinds makes is one of its own.</summary>
    public static SyncSchedule Parse(string cron)
    {
        ArgumentNullException.ThrowIfNull(cron);
        var kept = string.Join(' ', cron.Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return kept.Split(' ') switch
        {
            [""] => Never,
            ["0", var minute, "*", "*", "*", "?"] when Minute(minute) is { } at => Hourly(at),
            ["0", var minute, var hour, "*", "*", "?"] when Time(hour, minute) is { } at => Daily(at),
            ["0", var minute, var hour, "?", "*", var day] when Time(hour, minute) is { } at
                && Array.IndexOf(Days, day.ToUpperInvariant()) is var known and >= 0 => Weekly((DayOfWeek)known, at),
            _ => new SyncSchedule(ScheduleKind.Cron, kept),
        };
    }

    private static int? Minute(string text) => Number(text, 59);

    private static TimeOnly? Time(string hour, string minute) =>
        Number(hour, 23) is { } h && Number(minute, 59) is { } m ? new TimeOnly(h, m) : null;

    private static int? Number(string text, int most) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number <= most
            ? number
            : null;

    private static string Text(FormattableString cron) => cron.ToString(CultureInfo.InvariantCulture);
}
