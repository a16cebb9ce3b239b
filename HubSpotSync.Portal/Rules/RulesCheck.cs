using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Scheduling;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Schedules;
using HubSpotSync.Data.Structure;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Portal.Words;

namespace HubSpotSync.Portal.Rules;

/// <summary>What is wrong with rules that were sent, by field.</summary>
internal static class RulesCheck
{
    private const int MostDays = 3650;

    public static IEnumerable<(string Field, string Problem)> Of(
        RulesInput input, HubSpotConnection connection, KnownStructure? structure)
    {
        if (Stages(input, connection) is { } stages)
        {
            yield return (nameof(input.Stages), stages);
        }

        if (input.ListsShown && input.Lists.Exists(id => !connection.ListIds.Contains(id)
            && structure?.Lists.Exists(list => list.Id == id) != true))
        {
            yield return (
                nameof(input.Lists), "A list that you chose is not in your HubSpot account any more. Choose again.");
        }

        if (input.Filter is { Days: < 1 or > MostDays })
        {
            yield return (nameof(input.Days), $"Say how many days: from 1 to {Numbers.Count(MostDays)}.");
        }

        if (!Enum.IsDefined(input.Leaving) || !Enum.IsDefined(input.Duplicates) || !Enum.IsDefined(input.Mode)
            || !Enum.IsDefined(input.Schedule))
        {
            yield return ("", "There is no such choice. Choose again.");
        }
        else if (MissingScopes(input.Mode, connection) is { Count: > 0 })
        {
            yield return (
                nameof(input.Mode),
                "HubSpot has not allowed us to write yet. Reconnect with this mode, and HubSpot asks you for it.");
        }
    }

    /// <param name="zone">Of the workspace.</param>
    public static string? Schedule(RulesInput input, TimeZoneInfo zone, DateTimeOffset now)
    {
        if (input.ToSchedule() is not { } schedule)
        {
            return input.Schedule switch
            {
                ScheduleKind.Hourly => "Say at which minute of the hour: from 0 to 59.",
                ScheduleKind.Cron => "Write a cron expression, such as 0 0 6,18 * * ?",
                _ => "Say at what time, such as 02:00.",
            };
        }

        if (schedule.Kind == ScheduleKind.Never)
        {
            return null;
        }

        if (!CronTimes.IsValid(schedule.Cron))
        {
            return "This is no cron expression. It has six fields: second, minute, hour, day of month, month, "
                + "day of week; one of the two days is a ?. Every weekday at six: 0 0 6 ? * MON-FRI";
        }

        return CronTimes.NextOf(schedule.Cron, zone, now) is null ? "This never comes: all its times are past."
            : CronTimes.IsTooOften(schedule.Cron, zone, now)
                ? "This comes more often than every five minutes. Single changes are sent and fetched at once anyway; "
                    + "the schedule is for everything else."
            : null;
    }

    /// <summary>What HubSpot did not allow yet and the mode needs.</summary>
    public static IReadOnlyList<string> MissingScopes(SyncMode mode, HubSpotConnection connection) =>
        mode == connection.Mode ? [] : [.. HubSpotScopes.Required(mode).Except(connection.Scopes)];

    private static string? Stages(RulesInput input, HubSpotConnection connection) =>
        input.TakesAll ? null
        : input.Stages.Count == 0 ? "Choose at least one stage, or take contacts of every stage."
        : input.Stages.Exists(stage => stage.Length == 0
            || (!connection.StageOptions.Exists(option => option.Value == stage)
                && !connection.LifecycleStages.Contains(stage)))
            ? "A stage that you chose is not in your HubSpot account any more. Look at the list and choose again."
            : null;
}
