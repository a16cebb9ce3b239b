using System.ComponentModel;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Progress;

namespace HubSpotSync.Portal.Api.HubSpot;

/// <summary>When it syncs by itself.</summary>
internal sealed record ScheduleView(
    [property: Description("Cron with seconds; empty: only when asked.")] string Cron,
    string TimeZone,
    DateTimeOffset? NextRunAt);

internal sealed record CountsView(
    int Customers, int Companies, int Deals, int InSync, int Excluded, int Failing,
    [property: Description("Single records that wait for their look.")] int Waiting);

/// <summary>What keeps records from being in sync, and of how many.</summary>
internal sealed record ErrorView(OutcomeReason Reason, string? Detail, string Text, int Records);

internal sealed record WindowView(
    int Limit, double Seconds,
    [property: Description("Requests within the window; null while nobody knows.")] int? Used);

/// <summary>Of the account's limit a day, as HubSpot last said.</summary>
internal sealed record DayView(
    int Limit, int Used, DateTimeOffset LearntAt,
    [property: Description("Four fifths of it or more.")] bool IsNearlyUsed);

/// <summary>What HubSpot lets us ask, shared by all that is running.</summary>
internal sealed record BudgetView(
    WindowView Burst, WindowView Search,
    [property: Description("Null where HubSpot has told of no limit a day, or not yet today.")] DayView? Day);

internal sealed record StatusView
{
    public required ConnectionState State { get; init; }

    [Description("Why the state is what it is, for people.")]
    public string? Reason { get; init; }
    public DateTimeOffset? Since { get; init; }
    public long? HubId { get; init; }
    public string? AccountName { get; init; }
    public SyncMode? Mode { get; init; }
    public DateTimeOffset? LastSuccessAt { get; init; }
    public ScheduleView? Schedule { get; init; }
    public required CountsView Counts { get; init; }
    public required IReadOnlyList<ErrorView> Errors { get; init; }
    public BudgetView? Budget { get; init; }

    [Description("The run that is under way.")]
    public RunProgress? Run { get; init; }
}
