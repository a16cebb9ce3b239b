using System.Globalization;
using System.Text.Json;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Scheduling;
using HubSpotSync.Core.Scope;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;

namespace HubSpotSync.Portal.Words;

/// <summary>The rules of a sync as sentences, and changes of them as the audit log keeps them.</summary>
internal static class RuleWords
{
    public static string Schedule(string cron)
    {
        var schedule = SyncSchedule.Parse(cron);
        var at = schedule.At.ToString("HH:mm", CultureInfo.InvariantCulture);
        return schedule.Kind switch
        {
            ScheduleKind.Never => "only when somebody asks for it",
            ScheduleKind.Hourly => $"every hour, {Numbers.Of(schedule.At.Minute, "minute")} past",
            ScheduleKind.Daily => $"every day at {at}",
            ScheduleKind.Weekly => $"every {schedule.Day} at {at}",
            _ when Minutes(schedule.Cron) is { } minutes => $"every {minutes} minutes",
            _ => $"by cron, {schedule.Cron}",
        };
    }

    // "0 0/5 * * * ?"
    private static string? Minutes(string cron) =>
        cron.Split(' ') is ["0", ['0', '/', .. var minutes], "*", "*", "*", "?"] ? minutes : null;

    public static string Kind(ScheduleKind kind) => kind switch
    {
        ScheduleKind.Never => "Only when somebody asks for it",
        ScheduleKind.Hourly => "Every hour",
        ScheduleKind.Daily => "Every day",
        ScheduleKind.Weekly => "Every week",
        _ => "Cron expression",
    };

    public static string Duplicates(DuplicateRule rule) => rule switch
    {
        DuplicateRule.Merge => "Merge",
        DuplicateRule.Replace => "Replace",
        DuplicateRule.Skip => "Skip",
        _ => "Ask",
    };

    public static string DuplicatesLong(DuplicateRule rule) => rule switch
    {
        DuplicateRule.Merge => "The two become one; each field is decided by its own rule.",
        DuplicateRule.Replace => "The two become one; HubSpot's values are taken wherever it has one.",
        DuplicateRule.Skip => "The contact stays in HubSpot only; the customer here stays as it is.",
        _ => "The contact waits in the import review until somebody decides.",
    };

    public static string Leaving(LeavingRule rule) => rule == LeavingRule.Archive
        ? "Archive it here"
        : "Leave it here, detached";

    public static string LeavingLong(LeavingRule rule) => rule == LeavingRule.Archive
        ? "It goes from your lists, and is taken back by itself when it matches again."
        : "It stays in your lists and is no longer updated. Nothing is deleted.";

    /// <summary>What a rule is called.</summary>
    public static string Label(string name) => name switch
    {
        "stages" => "Lifecycle stages",
        "lists" => "HubSpot lists",
        "activity" => "Activity",
        "leaving" => "When a contact stops matching",
        "companies" => "Companies",
        "deals" => "Deals",
        "duplicates" => "When somebody is here already",
        "mode" => "Mode",
        "fieldExceptions" => "Fields with a rule of their own",
        "review" => "Import review",
        "schedule" => "Schedule",
        _ => name,
    };

    /// <summary>A value of the log in words.</summary>
    public static string Value(
        string name, JsonElement value, HubSpotConnection? connection, KnownStructure? structure) => name switch
    {
        "stages" => Many(value, "every stage", stage => StageWords.Label(stage.GetString(), connection)),
        "lists" => Many(value, "no matter which", list => ListName(list.GetInt64(), structure)),
        "activity" => value.ValueKind != JsonValueKind.Object ? "any" : Activity(
            value.EnumerateObject().First(part => IsNamed(part, "isActive")).Value.GetBoolean(),
            value.EnumerateObject().First(part => IsNamed(part, "days")).Value.GetInt32()),
        "leaving" => Enum.TryParse<LeavingRule>(value.GetString(), out var leaving) ? Leaving(leaving) : Raw(value),
        "duplicates" => Enum.TryParse<DuplicateRule>(value.GetString(), out var rule) ? Duplicates(rule) : Raw(value),
        "mode" => Enum.TryParse<SyncMode>(value.GetString(), out var mode) ? ConnectionWords.Mode(mode) : Raw(value),
        "companies" or "deals" or "review" => value.ValueKind == JsonValueKind.True ? "on" : "off",
        "schedule" => Schedule(value.GetString() ?? ""),
        _ => Raw(value),
    };

    public static string Activity(bool isActive, int days) => isActive
        ? $"active in the last {Numbers.Of(days, "day")}"
        : $"not active for {Numbers.Of(days, "day")}";

    public static string ListName(long id, KnownStructure? structure) =>
        structure?.Lists.Find(list => list.Id == id)?.Name
            ?? string.Create(CultureInfo.InvariantCulture, $"list {id}");

    /// <summary>"Every Monday at 06:30, 3 Aug" in the zone of the workspace.</summary>
    public static string Time(DateTimeOffset at, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTime(at, zone).ToString("ddd d MMM, HH:mm", CultureInfo.InvariantCulture);

    private static bool IsNamed(JsonProperty part, string name) =>
        string.Equals(part.Name, name, StringComparison.OrdinalIgnoreCase);

    private static string Many(JsonElement values, string none, Func<JsonElement, string> say) =>
        values.ValueKind != JsonValueKind.Array || values.GetArrayLength() == 0
            ? none
            : Numbers.List(values.EnumerateArray().Select(say).ToList());

    private static string Raw(JsonElement value) =>
        value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(); // a string has text
}
