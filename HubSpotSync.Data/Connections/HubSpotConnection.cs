using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Scope;

namespace HubSpotSync.Data.Connections;

/// <summary>One HubSpot account that a workspace is connected to, and what was chosen for it.</summary>
public sealed class HubSpotConnection : IWorkspaceOwned
{
    public const string NightlySchedule = "0 0 2 * * ?";

    public Guid Id { get; init; }
    public Guid WorkspaceId { get; init; }
    public long HubId { get; init; }
    public required string AccountName { get; set; }

    /// <summary>Host of HubSpot's pages for this account, such as <c>app.hubspot.com</c>.</summary>
    public required string UiDomain { get; set; }
    public string? TimeZone { get; set; }
    public string? Currency { get; set; }
    public SyncMode Mode { get; set; }
    public ConnectionState State { get; private set; }

    /// <summary>It has an account behind it, whether or not work goes on.</summary>
    public bool IsInUse => State is ConnectionState.Connected or ConnectionState.NeedsReconnection
        or ConnectionState.Paused;

    /// <summary>Why the state is what it is, for people.</summary>
    public string? StateReason { get; private set; }
    public DateTimeOffset StateSince { get; private set; }

    public ConnectionAccess Access { get; set; }

    /// <summary>Requests in ten seconds where it is not the usual number of an OAuth app.</summary>
    public int? BurstLimit { get; set; }

    /// <summary>Requests a day; <c>null</c>: there is no end to it.</summary>
    public int? DailyLimit { get; set; }

    /// <summary>Encrypted; see <see cref="TokenVault"/>.</summary>
    public string? AccessToken { get; set; }

    /// <summary>Encrypted; see <see cref="TokenVault"/>. A pasted token has none.</summary>
    public string? RefreshToken { get; set; }
    public DateTimeOffset? TokenExpiresAt { get; set; }

    /// <summary>Until then somebody is refreshing the tokens; others wait for what they bring.</summary>
    public DateTimeOffset? TokenLeaseUntil { get; set; }
    public string[] Scopes { get; set; } = [];

    /// <summary>Internal values of the stages whose contacts are synced; empty takes all.</summary>
    public string[] LifecycleStages { get; set; } = [];

    /// <summary>What differs from the mode for single fields of contacts, by field name.</summary>
    public Dictionary<string, FieldRule> ContactRules { get; set; } = [];

    /// <summary>Fields that an admin added.</summary>
    public List<CustomField> CustomFields { get; set; } = [];

    /// <summary>Fields that can't be synced at the moment; pages show them as notices.</summary>
    public List<DisabledField> DisabledFields { get; set; } = [];

    /// <summary>Whether HubSpot's companies come here or stay there.</summary>
    public bool TakesCompanies { get; set; } = true;

    /// <summary>Whether HubSpot's deals come here or stay there.</summary>
    public bool TakesDeals { get; set; } = true;

    /// <summary>HubSpot's ids of the lists whose members are synced; empty takes all.</summary>
    public long[] ListIds { get; set; } = [];
    public ActivityFilter? Activity { get; set; }
    public LeavingRule Leaving { get; set; }
    public DuplicateRule Duplicates { get; set; }

    /// <summary>Contacts that come for the first time wait until a person has said so.</summary>
    public bool IsUnderReview { get; set; }

    /// <summary>Decisions that were made before have been carried out.</summary>
    public DateTimeOffset? DecisionsSince { get; set; }

    /// <summary>The custom field that tells contacts apart after every address.</summary>
    public string? MatchField { get; set; }

    /// <summary>Since when HubSpot does not let us make our unique property; <c>null</c>: it is there.</summary>
    public DateTimeOffset? OwnIdMissingSince { get; set; }

    /// <summary>Everything the admin chose, as the engine wants it.</summary>
    public SyncPolicy Policy => new(Mode, [.. LifecycleStages])
    {
        ContactRules = ContactRules,
        CustomFields = [.. CustomFields],
        DisabledFields = [.. DisabledFields.Select(disabled => (disabled.Kind, disabled.Field))],
        TakesCompanies = TakesCompanies,
        TakesDeals = TakesDeals,
        Lists = [.. ListIds],
        Activity = Activity,
        Leaving = Leaving,
        Duplicates = Duplicates,
        IsUnderReview = IsUnderReview,
        MatchField = MatchField,
    };

    public List<StageOption> StageOptions { get; set; } = [];
    public DateTimeOffset? StagesCountedAt { get; set; }

    /// <summary>Set to ask the worker for fresh counts.</summary>
    public DateTimeOffset? CountRequestedAt { get; set; }

    /// <summary>The fencing number: raised by each claim of a run, checked by each commit.</summary>
    public long Epoch { get; private set; }
    public DateTimeOffset? FirstRunDoneAt { get; set; }

    /// <summary>By HubSpot's clock: whatever was modified before then has been looked at.</summary>
    public DateTimeOffset? ChangesSince { get; set; }

    /// <summary>When the last full run that ended had begun.</summary>
    public DateTimeOffset? FullRunAt { get; set; }

    /// <summary>Since then records may wait for a full run that looks at them under new rules.</summary>
    public DateTimeOffset? RulesChangedAt { get; set; }

    /// <summary>When it syncs by itself: cron in the workspace's time zone, or empty.</summary>
    public string Schedule { get; set; } = NightlySchedule;
    public DateTimeOffset? NextRunAt { get; set; }

    /// <summary>What would have happened had the engine not stopped; <c>null</c>: it goes on.</summary>
    public string? SafetyHalt { get; set; }
    public DateTimeOffset? SafetyHaltedAt { get; set; }

    /// <summary>Until then a person wants it to happen all the same.</summary>
    public DateTimeOffset? SafetyOpenUntil { get; set; }
    public DateTimeOffset? LastSuccessAt { get; set; }
    public Guid? ConnectedBy { get; set; }
    public DateTimeOffset ConnectedAt { get; set; }

    public void Become(ConnectionState state, string? reason, DateTimeOffset now)
    {
        if (State != state || StateSince == default)
        {
            StateSince = now;
        }

        (State, StateReason) = (state, reason);
    }
}
