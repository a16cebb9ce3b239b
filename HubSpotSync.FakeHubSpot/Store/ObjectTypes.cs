using System.Diagnostics.CodeAnalysis;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>The spellings of an object type: HubSpot takes plural, singular and the type id in paths.</summary>
public static class ObjectTypes
{
    public static readonly IReadOnlyList<ObjectType> All = [ObjectType.Contact, ObjectType.Company, ObjectType.Deal];

    public static string Singular(this ObjectType type) => type switch
    {
        ObjectType.Contact => "contact",
        ObjectType.Company => "company",
        _ => "deal",
    };

    public static string Plural(this ObjectType type) => type switch
    {
        ObjectType.Contact => "contacts",
        ObjectType.Company => "companies",
        _ => "deals",
    };

    public static string TypeId(this ObjectType type) => type switch
    {
        ObjectType.Contact => "0-1",
        ObjectType.Company => "0-2",
        _ => "0-3",
    };

    /// <summary>Contacts alone use the name without the prefix.</summary>
    public static string ModifiedProperty(this ObjectType type) =>
        type == ObjectType.Contact ? "lastmodifieddate" : "hs_lastmodifieddate";

    public static bool TryParse([NotNullWhen(true)] string? text, out ObjectType type)
    {
        foreach (var candidate in All)
        {
            if (text == candidate.Plural() || text == candidate.Singular() || text == candidate.TypeId())
            {
                type = candidate;
                return true;
            }
        }

        type = default;
        return false;
    }
}
