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
    public FieldMap MapOf(RecordKind kind) => kind switch
    {
        RecordKind.Contact when Mode == SyncMode.HubSpotIsSource => OneWayContacts,
        RecordKind.Contact => StandardFields.Contacts,
        RecordKind.Company => StandardFields.Companies,
        _ => StandardFields.Deals,
    };

    /// <summary>Whether a contact of this stage is in scope. A contact without a stage is only where all are.</summary>
    public bool Takes(string? lifecycleStage) =>
        LifecycleStages.IsEmpty || (lifecycleStage is not null && LifecycleStages.Contains(lifecycleStage));

    private static FieldMap OneWayContacts { get; } = StandardFields.Contacts.OwnedByHubSpot();
}
