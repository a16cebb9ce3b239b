using System.Security.Cryptography;
using System.Text.Json;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Scope;
using HubSpotSync.Data.Connections;

namespace HubSpotSync.Portal.Rules;

/// <summary>What an admin chose about who is synced, when and how; fields have a page of their own.</summary>
internal sealed record SyncRules
{
    public IReadOnlyList<string> Stages { get; init; } = [];
    public IReadOnlyList<long> Lists { get; init; } = [];
    public ActivityFilter? Activity { get; init; }
    public LeavingRule Leaving { get; init; }
    public bool Companies { get; init; }
    public bool Deals { get; init; }
    public DuplicateRule Duplicates { get; init; }
    public SyncMode Mode { get; init; }

    /// <summary>Fields whose direction or rule is not the mode's.</summary>
    public int FieldExceptions { get; init; }
    public string Schedule { get; init; } = "";

    /// <summary>Tells whether somebody changed them since a page was drawn.</summary>
    public string Fingerprint =>
        Convert.ToHexString(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(Values())))[..16];

    public static SyncRules Of(HubSpotConnection connection) => new()
    {
        Stages = connection.LifecycleStages,
        Lists = connection.ListIds,
        Activity = connection.Activity,
        Leaving = connection.Leaving,
        Companies = connection.TakesCompanies,
        Deals = connection.TakesDeals,
        Duplicates = connection.Duplicates,
        Mode = connection.Mode,
        FieldExceptions = connection.ContactRules.Count,
        Schedule = connection.Schedule,
    };

    public void ApplyTo(HubSpotConnection connection)
    {
        (connection.LifecycleStages, connection.ListIds) = ([.. Stages], [.. Lists]);
        (connection.Activity, connection.Leaving) = (Activity, Leaving);
        (connection.TakesCompanies, connection.TakesDeals) = (Companies, Deals);
        (connection.Duplicates, connection.Mode, connection.Schedule) = (Duplicates, Mode, Schedule);
        if (FieldExceptions == 0)
        {
            connection.ContactRules = [];
        }
    }

    /// <summary>What differs, by name, as the audit log keeps it.</summary>
    public Dictionary<string, object?> DifferencesTo(SyncRules other)
    {
        var theirs = other.Values();
        return Values().Where(value => Text(value.Value) != Text(theirs[value.Key])).ToDictionary();
    }

    private static string Text(object? value) => JsonSerializer.Serialize(value);

    /// <summary>Enumerations by name: an entry of the log is read when the code is another one.</summary>
    private Dictionary<string, object?> Values() => new()
    {
        ["stages"] = Stages.Order(StringComparer.Ordinal),
        ["lists"] = Lists.Order(),
        ["activity"] = Activity,
        ["leaving"] = Leaving.ToString(),
        ["companies"] = Companies,
        ["deals"] = Deals,
        ["duplicates"] = Duplicates.ToString(),
        ["mode"] = Mode.ToString(),
        ["fieldExceptions"] = FieldExceptions,
        [ScheduleName] = Schedule,
    };

    /// <summary>The one rule whose change needs no record to be looked at.</summary>
    public const string ScheduleName = "schedule";
}
