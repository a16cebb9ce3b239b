using HubSpotSync.FakeHubSpot.Changes;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>One event as it is sent. What does not belong to its kind is left out.</summary>
internal sealed record WebhookEvent(long EventId, int SubscriptionId, int PortalId, int AppId, long OccurredAt)
{
    public required string SubscriptionType { get; init; }
    public int AttemptNumber { get; init; }
    public long? ObjectId { get; init; }
    public string? ObjectTypeId { get; init; }
    public string? ChangeFlag { get; init; }
    public string? ChangeSource { get; init; }
    public string? SourceId { get; init; }
    public string? PropertyName { get; init; }
    public string? PropertyValue { get; init; }
    public bool? IsSensitive { get; init; }
    public long? PrimaryObjectId { get; init; }
    public IReadOnlyList<long>? MergedObjectIds { get; init; }
    public long? NewObjectId { get; init; }
    public int? NumberOfPropertiesMoved { get; init; }
    public string? AssociationType { get; init; }
    public int? AssociationTypeId { get; init; }
    public string? AssociationCategory { get; init; }
    public long? FromObjectId { get; init; }
    public string? FromObjectTypeId { get; init; }
    public long? ToObjectId { get; init; }
    public string? ToObjectTypeId { get; init; }
    public bool? AssociationRemoved { get; init; }
    public bool? IsPrimaryAssociation { get; init; }

    public static WebhookEvent Of(
        RecordChange change, string happening, WebhookSubscription subscription, (long Event, int Portal, int App) ids)
    {
        var about = new WebhookEvent(
            ids.Event, subscription.Id, ids.Portal, ids.App, change.At.ToUnixTimeMilliseconds())
        {
            SubscriptionType = subscription.EventType,
            ObjectId = change is RecordChange.LinkChanged ? null : change.Id,
            ObjectTypeId = subscription.IsGeneric ? change.Type.TypeId() : null,
            ChangeFlag = happening switch
            {
                WebhookEventTypes.Creation => "CREATED",
                WebhookEventTypes.Deletion => "DELETED",
                _ => null,
            },
            ChangeSource = change.Source.Type,
            SourceId = change.Source.Id,
        };
        return change switch
        {
            RecordChange.PropertyChanged changed => about with
            {
                PropertyName = changed.Property,
                PropertyValue = changed.After,
                IsSensitive = false,
            },
            RecordChange.Merged merged => about with
            {
                PrimaryObjectId = merged.PrimaryId,
                MergedObjectIds = merged.MergedIds,
                NewObjectId = merged.Id,
                NumberOfPropertiesMoved = merged.PropertiesMoved,
            },
            RecordChange.LinkChanged link => about.About(link, subscription.IsGeneric),
            _ => about,
        };
    }

    private WebhookEvent About(RecordChange.LinkChanged link, bool generic)
    {
        var typed = this with
        {
            AssociationType = NameOf(link.Kind),
            FromObjectId = link.Id,
            ToObjectId = link.ToId,
            AssociationRemoved = link.Removed,
            IsPrimaryAssociation = link.Kind.Label == "Primary",
        };
        return generic
            ? typed with
            {
                AssociationTypeId = link.Kind.TypeId,
                AssociationCategory = "HUBSPOT_DEFINED",
                FromObjectTypeId = link.Kind.From.TypeId(),
                ToObjectTypeId = link.Kind.To.TypeId(),
            }
            : typed;
    }

    private static string NameOf(AssociationKind kind) => kind.Label switch
    {
        "Parent" => "PARENT_COMPANY_TO_CHILD_COMPANY",
        "Child" => "CHILD_COMPANY_TO_PARENT_COMPANY",
        _ => $"{kind.From.Singular()}_TO_{kind.To.Singular()}".ToUpperInvariant(),
    };
}
