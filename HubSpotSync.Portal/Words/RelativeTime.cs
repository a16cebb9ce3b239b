using System.Globalization;

namespace HubSpotSync.Portal.Words;

/// <summary>Times as people say them. The exact one is always beside it.</summary>
internal static class RelativeTime
{
    public static string Say(DateTimeOffset at, DateTimeOffset now)
    {
        var past = now - at;
        return past < TimeSpan.Zero ? Coming(-past) : Gone(past, at);
    }

    public static string Exact(DateTimeOffset at, string timeZone)
    {
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var found) ? found : TimeZoneInfo.Utc;
        var local = TimeZoneInfo.ConvertTime(at, zone);
        return local.ToString("d MMM yyyy, HH:mm:ss", CultureInfo.InvariantCulture) + " " + zone.Id;
    }

    /// <summary>"8 s", "4 min", "1 h 20 min".</summary>
    public static string Duration(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => "less than 1 s",
        { TotalSeconds: < 60 } => $"{(int)time.TotalSeconds} s",
        { TotalMinutes: < 10 } when time.Seconds > 0 => $"{(int)time.TotalMinutes} min {time.Seconds} s",
        { TotalMinutes: < 60 } => $"{(int)time.TotalMinutes} min",
        { Minutes: 0 } => $"{(int)time.TotalHours} h",
        _ => $"{(int)time.TotalHours} h {time.Minutes} min",
    };

    private static string Gone(TimeSpan past, DateTimeOffset at) => past switch
    {
        { TotalSeconds: < 10 } => "just now",
        { TotalSeconds: < 60 } => $"{(int)past.TotalSeconds} seconds ago",
        { TotalMinutes: < 2 } => "1 minute ago",
        { TotalMinutes: < 60 } => $"{(int)past.TotalMinutes} minutes ago",
        { TotalHours: < 2 } => "1 hour ago",
        { TotalHours: < 24 } => $"{(int)past.TotalHours} hours ago",
        { TotalDays: < 2 } => "1 day ago",
        { TotalDays: < 30 } => $"{(int)past.TotalDays} days ago",
        _ => at.ToString("d MMM yyyy", CultureInfo.InvariantCulture),
    };

    private static string Coming(TimeSpan ahead) => ahead switch
    {
        { TotalSeconds: < 1 } => "now",
        { TotalMinutes: < 60 } => $"in {Duration(ahead)}",
        { TotalHours: < 48 } => $"in {(int)ahead.TotalHours} h",
        _ => $"in {(int)ahead.TotalDays} days",
    };
}
