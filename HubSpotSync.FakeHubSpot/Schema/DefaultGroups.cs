using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Schema;

internal static class DefaultGroups
{
    public static IReadOnlyList<PropertyGroup> Of(ObjectType type) => type switch
    {
        ObjectType.Contact =>
        [
            new("contactinformation", "Contact information", 0),
            new("emailinformation", "Email information", 1),
            new("shop", "Shop", 2),
        ],
        ObjectType.Company => [new("companyinformation", "Company information", 0)],
        _ => [new("dealinformation", "Deal information", 0)],
    };
}
