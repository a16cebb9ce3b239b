using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>What an app that keeps customers in step asks for; used when only an address is given.</summary>
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
        New(ObjectType.Contact, WebhookEventTypes.PrivacyDeletion, null),
        .. from type in ObjectTypes.All
           from property in PropertiesOf(type)
           select New(type, WebhookEventTypes.PropertyChange, property),
    ];

    private static NewSubscription New(ObjectType type, string happening, string? property) =>
        new($"{type.Singular()}.{happening}", property, null, true);

    private static string[] PropertiesOf(ObjectType type) => type switch
    {
        ObjectType.Contact =>
        [
            "firstname", "lastname", "email", "phone", "mobilephone", "jobtitle", "company", "address", "city", "zip",
            "state", "country", "website", "lifecyclestage", "hs_lead_status", "hubspot_owner_id",
        ],
        ObjectType.Company =>
        [
            "name", "domain", "phone", "address", "city", "zip", "state", "country", "website", "industry",
            "numberofemployees", "annualrevenue", "lifecyclestage", "hubspot_owner_id",
        ],
        _ =>
        [
            "dealname", "amount", "deal_currency_code", "dealstage", "pipeline", "closedate", "dealtype",
            "closed_lost_reason", "hubspot_owner_id",
        ],
    };
}
