using System.ComponentModel;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Scope;
using HubSpotSync.Data.Connections;

namespace HubSpotSync.Portal.Api.HubSpot;

/// <summary>Who is synced, when and how.</summary>
internal sealed record SettingsView
{
    public required SyncMode Mode { get; init; }

    [Description("Internal names of the lifecycle stages that are synced; empty takes all.")]
    public required IReadOnlyList<string> Stages { get; init; }

    [Description("HubSpot's ids of the lists whose members are synced; empty takes all.")]
    public required IReadOnlyList<long> Lists { get; init; }
    public ActivityFilter? Activity { get; init; }
    public required LeavingRule Leaving { get; init; }
    public required bool Companies { get; init; }
    public required bool Deals { get; init; }
    public required DuplicateRule Duplicates { get; init; }

    [Description("Cron with seconds, in the workspace's time zone; empty: only when asked.")]
    public required string Schedule { get; init; }
    public DateTimeOffset? NextRunAt { get; init; }

    public static SettingsView Of(HubSpotConnection connection) => new()
    {
        Mode = connection.Mode,
        Stages = connection.LifecycleStages,
        Lists = connection.ListIds,
        Activity = connection.Activity,
        Leaving = connection.Leaving,
        Companies = connection.TakesCompanies,
        Deals = connection.TakesDeals,
        Duplicates = connection.Duplicates,
        Schedule = connection.Schedule,
        NextRunAt = connection.NextRunAt,
    };
}

internal sealed record ActivityInput
{
    [Description("Takes contacts with activity in these days; else those without.")]
    public required bool IsActive { get; init; }
    public required int Days { get; init; }
}

/// <summary>What is not given stays as it is.</summary>
internal sealed record SettingsInput
{
    public SyncMode? Mode { get; init; }
    public List<string>? Stages { get; init; }
    public List<long>? Lists { get; init; }
    public ActivityInput? Activity { get; init; }

    [Description("Takes contacts whatever their activity is.")]
    public bool AnyActivity { get; init; }
    public LeavingRule? Leaving { get; init; }
    public bool? Companies { get; init; }
    public bool? Deals { get; init; }
    public DuplicateRule? Duplicates { get; init; }
    public string? Schedule { get; init; }
}
