using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Schema;

internal static class DefaultProperties
{
    public static IEnumerable<PropertyDefinition> Of(ObjectType type) => type switch
    {
        ObjectType.Contact => ContactProperties.All(),
        ObjectType.Company => CompanyProperties.All(),
        _ => DealProperties.All(),
    };

    /// <summary>What HubSpot sends when a call names no properties.</summary>
    public static IReadOnlyList<string> SentUnasked(ObjectType type) => type switch
    {
        ObjectType.Contact => ["firstname", "lastname", "email", .. AlwaysSent(type)],
        ObjectType.Company => ["name", "domain", .. AlwaysSent(type)],
        _ => ["dealname", "amount", "closedate", "pipeline", "dealstage", .. AlwaysSent(type)],
    };

    public static IReadOnlyList<string> AlwaysSent(ObjectType type) =>
        ["createdate", type.ModifiedProperty(), "hs_object_id"];
}
