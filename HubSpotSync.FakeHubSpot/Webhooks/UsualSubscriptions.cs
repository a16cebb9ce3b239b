using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>
/// What the app under test asks for, in the generic form of project apps; used when only an address is given. A test
/// holds it against the app's project.
/// </summary>
internal static class UsualSubscriptions
{
    private static readonly string[] Happenings =
    [
        WebhookEventTypes.Creation, WebhookEventTypes.Deletion, WebhookEventTypes.Merge,
        WebhookEventTypes.Restore, WebhookEventTypes.AssociationChange,
    ];

    public static IReadOnlyList<NewSubscription> All =>
    [
        .. from type in ObjectTypes.All
           from happening in Happenings
           select New(type, happening, null),
        new($"{ObjectType.Contact.Singular()}.{WebhookEventTypes.PrivacyDeletion}", null, null, true),
        .. from type in ObjectTypes.All
           from property in PropertiesOf(type)
           select New(type, WebhookEventTypes.PropertyChange, property),
    ];

    private static NewSubscription New(ObjectType type, string happening, string? property) =>
        new($"{WebhookEventTypes.Generic}.{happening}", property, type.TypeId(), true);

    private static string[] PropertiesOf(ObjectType type) => type switch
    {
        ObjectType.Contact =>
        [
            "firstname", "lastname", "email", "phone", "mobilephone", "jobtitle", "company", "address", "city", "zip",
            "state", "country", "website", "lifecyclestage", "hubspot_owner_id",
        ],
        ObjectType.Company =>
        [
            "name", "domain", "phone", "address", "city", "zip", "state", "country", "website", "industry",
            "hubspot_owner_id",
        ],
        _ =>
        [
            "dealname", "amount", "deal_currency_code", "dealstage", "pipeline", "closedate", "hubspot_owner_id",
        ],
    };
}
