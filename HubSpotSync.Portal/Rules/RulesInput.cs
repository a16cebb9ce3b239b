using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Scheduling;
using HubSpotSync.Core.Scope;
using HubSpotSync.Data.Connections;

namespace HubSpotSync.Portal.Rules;

/// <summary>The rules as a form sends them.</summary>
internal sealed class RulesInput
{
    public const string TimeFormat = "HH:mm";

    /// <summary><c>stages</c> or <c>all</c>.</summary>
    public string Scope { get; set; } = "all";
    public List<string> Stages
    {
        get;
        set => field = [.. value.Where(stage => !string.IsNullOrEmpty(stage))]; // an empty field is bound as null
    } = [];

    /// <summary>Whether the lists were there to choose from; else the ones chosen before stay.</summary>
    public bool ListsShown { get; set; }
    public List<long> Lists { get; set; } = [];

    /// <summary><c>any</c>, <c>active</c> or <c>inactive</c>.</summary>
    public string Activity { get; set; } = "any";
    public int? Days { get; set; } = 90;
    public LeavingRule Leaving { get; set; }
    public bool Companies { get; set; }
    public bool Deals { get; set; }
    public DuplicateRule Duplicates { get; set; }
    public SyncMode Mode { get; set; }

    /// <summary>With another mode, every field follows it.</summary>
    public bool ResetFields { get; set; }
    public ScheduleKind Schedule { get; set; }
    public int? Minute { get; set; } = 0;
    public string? Time { get; set; } = "02:00";
    public DayOfWeek Day { get; set; } = DayOfWeek.Monday;
    public string? Cron { get; set; }

    /// <summary>The rules that the page was drawn with.</summary>
    public string? Seen { get; set; }

    public bool TakesAll => Scope == "all";

    public ActivityFilter? Filter => Activity switch
    {
        "active" => new ActivityFilter(true, Days ?? 0),
        "inactive" => new ActivityFilter(false, Days ?? 0),
        _ => null,
    };

    public static RulesInput Of(HubSpotConnection connection)
    {
        var schedule = SyncSchedule.Parse(connection.Schedule);
        return new RulesInput
        {
            Scope = connection.LifecycleStages.Length == 0 ? "all" : "stages",
            Stages = [.. connection.LifecycleStages],
            Lists = [.. connection.ListIds],
            Activity = connection.Activity switch
            {
                null => "any",
                { IsActive: true } => "active",
                _ => "inactive",
            },
            Days = connection.Activity?.Days ?? 90,
            Leaving = connection.Leaving,
            Companies = connection.TakesCompanies,
            Deals = connection.TakesDeals,
            Duplicates = connection.Duplicates,
            Mode = connection.Mode,
            Schedule = schedule.Kind,
            Minute = schedule.At.Minute,
            Time = (schedule.Kind is ScheduleKind.Daily or ScheduleKind.Weekly ? schedule.At : new TimeOnly(2, 0))
                .ToString(TimeFormat, CultureInfo.InvariantCulture),
            Day = schedule.Day,
            Cron = connection.Schedule,
            Seen = SyncRules.Of(connection).Fingerprint,
        };
    }

    /// <summary>The schedule that is meant; <c>null</c> where a time is missing or is none.</summary>
    public SyncSchedule? ToSchedule()
    {
        TimeOnly? at = TimeOnly.TryParseExact(
            Time, TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time) ? time : null;
        return Schedule switch
        {
            ScheduleKind.Never => SyncSchedule.Never,
            ScheduleKind.Hourly => Minute is >= 0 and <= 59 ? SyncSchedule.Hourly(Minute.Value) : null,
            ScheduleKind.Daily => at is { } daily ? SyncSchedule.Daily(daily) : null,
            ScheduleKind.Weekly => at is { } weekly && Enum.IsDefined(Day) ? SyncSchedule.Weekly(Day, weekly) : null,
            _ => string.IsNullOrWhiteSpace(Cron) ? null : SyncSchedule.Parse(Cron.Trim()),
        };
    }

    /// <summary>The rules that are meant; call it where <see cref="RulesCheck"/> has found nothing.</summary>
    public SyncRules ToRules(HubSpotConnection connection) => new()
    {
        Stages = TakesAll ? [] : [.. Stages.Distinct(StringComparer.Ordinal)],
        Lists = ListsShown ? [.. Lists.Distinct()] : connection.ListIds,
        Activity = Filter,
        Leaving = Leaving,
        Companies = Companies,
        Deals = Deals,
        Duplicates = Duplicates,
        Mode = Mode,
        FieldExceptions = ResetFields && Mode != connection.Mode ? 0 : connection.ContactRules.Count,
        Schedule = ToSchedule()?.Cron ?? connection.Schedule,
    };
}
