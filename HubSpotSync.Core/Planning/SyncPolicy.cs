using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;

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

    /// <summary>Whether HubSpot's deals come here or stay there.</summary>
    public bool TakesDeals { get; init; } = true;

    /// <summary>Whether customers of ours are created and edited in HubSpot.</summary>
    public bool WritesToHubSpot => Mode != SyncMode.HubSpotIsSource;

    public FieldMap MapOf(RecordKind kind) => kind switch
    {
        RecordKind.Contact => ContactsOf(Mode).With(ContactRules),
        RecordKind.Company => StandardFields.Companies,
        _ => StandardFields.Deals,
    };

    /// <summary>Whether a contact of this stage is in scope. A contact without a stage is only where all are.</summary>
    public bool Takes(string? lifecycleStage) =>
        LifecycleStages.IsEmpty || (lifecycleStage is not null && LifecycleStages.Contains(lifecycleStage));

    private static FieldMap ContactsOf(SyncMode mode) => mode switch
    {
        SyncMode.HubSpotIsSource => OwnedByHubSpot,
        SyncMode.LocalIsSource => OwnedLocally,
        _ => StandardFields.Contacts,
    };
}
