using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>The event types HubSpot knows. Those of objects the fake lacks may be asked for; none come.</summary>
internal static class WebhookEventTypes
{
    public const string Generic = "object";
    public const string Creation = "creation";
    public const string Deletion = "deletion";
    public const string Merge = "merge";
    public const string PropertyChange = "propertyChange";
    public const string Restore = "restore";
    public const string AssociationChange = "associationChange";
    public const string PrivacyDeletion = "privacyDeletion";

    /// <summary>No subscription may name these.</summary>
    public static readonly IReadOnlyList<string> NeverTold = ["num_unique_conversion_events", "hs_lastmodifieddate"];

    private static readonly string[] Happenings =
        [Creation, Deletion, Merge, PropertyChange, Restore, AssociationChange];

    private static readonly HashSet<string> Known =
    [
        .. from subject in (string[])["contact", "company", "deal", "ticket", "line_item", "product", Generic]
           from happening in Happenings
           where (subject, happening) != ("product", AssociationChange)
           select $"{subject}.{happening}",
        "contact.privacyDeletion", "conversation.creation", "conversation.deletion", "conversation.newMessage",
        "conversation.privacyDeletion", "conversation.propertyChange", "event.completed",
    ];

    public static bool IsKnown(string eventType) => Known.Contains(eventType);

    /// <summary>What the change is called; something erased is both deleted and deleted for privacy.</summary>
    public static IReadOnlyList<string> NamesOf(RecordChange change) => change switch
    {
        RecordChange.Created => [Creation],
        RecordChange.PropertyChanged => [PropertyChange],
        RecordChange.Archived => [Deletion],
        RecordChange.Restored => [Restore],
        RecordChange.Merged => [Merge],
        RecordChange.LinkChanged => [AssociationChange],
        RecordChange.Erased { Type: ObjectType.Contact } => [PrivacyDeletion, Deletion],
        _ => [Deletion],
    };
}
