using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;

namespace HubSpotSync.Core.Planning;

/// <summary>What the admin chose for a connection.</summary>
/// <param name="LifecycleStages">
/// Internal values of the stages whose contacts are synced; empty takes every contact.
/// </param>
public sealed record SyncPolicy(SyncMode Mode, ImmutableHashSet<string> LifecycleStages)
{
    private static readonly FieldMap OwnedByHubSpot = StandardFields.Contacts.OwnedByHubSpot();
    private static readonly FieldMap OwnedLocally = StandardFields.Contacts.OwnedLocally();

    /// <summary>What differs from the mode for single fields of contacts, by field name.</summary>
    public IReadOnlyDictionary<string, FieldRule> ContactRules { get; init; } =
        ImmutableDictionary<string, FieldRule>.Empty;

    /// <summary>Fields that the admin added. Those of companies and deals only arrive.</summary>
    public ImmutableArray<CustomField> CustomFields { get; init; } = [];

    /// <summary>Names of fields that can't be synced at the moment, by kind.</summary>
    public ImmutableHashSet<(RecordKind Kind, string Field)> DisabledFields { get; init; } = [];

    /// <summary>Whether HubSpot's companies come here or stay there.</summary>
    public bool TakesCompanies { get; init; } = true;

    /// <summary>Whether HubSpot's deals come here or stay there.</summary>
    public bool TakesDeals { get; init; } = true;

    /// <summary>
    /// HubSpot's ids of the lists whose members are synced; empty takes contacts of every list and none.
    /// </summary>
    public ImmutableHashSet<long> Lists { get; init; } = [];

    /// <summary><c>null</c>: whenever something last happened.</summary>
    public ActivityFilter? Activity { get; init; }

    public LeavingRule Leaving { get; init; }

    public DuplicateRule Duplicates { get; init; }

    /// <summary>Nothing comes for the first time before a person has said so.</summary>
    public bool IsUnderReview { get; init; }

    /// <summary>
    /// The custom field whose HubSpot property is unique and tells contacts apart after every address; or <c>null</c>.
    /// </summary>
    public string? MatchField { get; init; }

    /// <summary>Whether customers of ours are created and edited in HubSpot.</summary>
    public bool WritesToHubSpot => Mode != SyncMode.HubSpotIsSource;

    /// <summary>Whether records of this kind come at all.</summary>
    public bool Takes(RecordKind kind) => kind switch
    {
        RecordKind.Company => TakesCompanies,
        RecordKind.Deal => TakesDeals,
        _ => true,
    };

    /// <summary>The same with those fields on that can't be synced at the moment.</summary>
    public SyncPolicy WithEveryField() => this with { DisabledFields = [] };

    public FieldMap MapOf(RecordKind kind)
    {
        var fields = (kind switch
        {
            RecordKind.Contact => ContactsOf(Mode).Fields,
            RecordKind.Company => StandardFields.Companies.Fields,
            _ => StandardFields.Deals.Fields,
        }).AddRange(CustomFields.Where(custom => custom.Kind == kind).Select(InMode));
        var map = new FieldMap(kind, fields);
        return (kind == RecordKind.Contact ? map.With(ContactRules) : map)
            .Without(DisabledFields.Where(disabled => disabled.Kind == kind).Select(disabled => disabled.Field));
    }

    /// <summary>
    /// Why a contact is out of scope; <c>null</c>: it is in scope. A contact without a stage is only where all are.
    /// </summary>
    public OutcomeReason? KeepsOut(PairState pair, DateTimeOffset now) => KeepsOut(pair, now, notes: null);

    internal OutcomeReason? KeepsOut(PairState pair, DateTimeOffset now, PlanNotes? notes)
    {
        ArgumentNullException.ThrowIfNull(pair);
        if (notes.Decides(PlanRule.StageOut, !Takes(pair.HubSpot?[StandardFields.LifecycleStage])))
        {
            return OutcomeReason.StageNotInScope;
        }

        if ((Lists.IsEmpty && Activity is null) || notes.Leads(PlanRule.MadeHere, pair.IsFromHere))
        {
            return null;
        }

        if (!Lists.IsEmpty && notes.Decides(PlanRule.ListOut, !pair.Facts.IsInLists))
        {
            return OutcomeReason.NotInLists;
        }

        return Activity is { } activity
            && notes.Decides(PlanRule.ActivityOut, !activity.Takes(pair.Facts.LastActivityAt, now))
                ? activity.IsActive ? OutcomeReason.NotActive : OutcomeReason.StillActive
                : null;
    }

    /// <summary>Whether a contact of this stage may come.</summary>
    public bool Takes(string? lifecycleStage) =>
        LifecycleStages.IsEmpty || (lifecycleStage is not null && LifecycleStages.Contains(lifecycleStage));

    private static FieldMap ContactsOf(SyncMode mode) => mode switch
    {
        SyncMode.HubSpotIsSource => OwnedByHubSpot,
        SyncMode.LocalIsSource => OwnedLocally,
        _ => StandardFields.Contacts,
    };

    /// <summary>
    /// A custom field goes with the mode like any other, and only arrives where it may not be written; one that only
    /// travels to HubSpot stands still where nothing does.
    /// </summary>
    private FieldDefinition InMode(CustomField custom) => (custom.Kind, Mode, custom.Field.Direction) switch
    {
        (_, _, FieldDirection.Off) or (RecordKind.Contact, SyncMode.TwoWay, _) => custom.Field,
        (RecordKind.Contact, SyncMode.LocalIsSource, FieldDirection.Both) =>
            custom.Field with { Direction = FieldDirection.Out, Rule = ConflictRule.Local },
        (RecordKind.Contact, SyncMode.LocalIsSource, _) => custom.Field,
        (RecordKind.Contact, SyncMode.HubSpotIsSource, FieldDirection.Out) =>
            custom.Field with { Direction = FieldDirection.Off },
        _ => custom.Field with { Direction = FieldDirection.In, Rule = ConflictRule.HubSpot },
    };
}
