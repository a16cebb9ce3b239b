using System.Globalization;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>The properties HubSpot works out from a record's links, whatever was stored for them.</summary>
internal static class LinkedValues
{
    private const int PrimaryCompany = 1;

    public static bool TryGet(FakeAccount account, CrmRecord record, string property, out string? value)
    {
        value = (record.Type, property) switch
        {
            (ObjectType.Contact, "associatedcompanyid") => Text(PrimaryCompanyOf(account, record)),
            (ObjectType.Company, "num_associated_contacts") =>
                Text(account.Associations.CountOf(record.Type, record.Id, ObjectType.Contact)),
            _ => null,
        };
        return property is "associatedcompanyid" or "num_associated_contacts";
    }

    private static long? PrimaryCompanyOf(FakeAccount account, CrmRecord record)
    {
        foreach (var (id, typeIds) in account.Associations.Of(record.Type, record.Id, ObjectType.Company))
        {
            if (typeIds.Contains(PrimaryCompany))
            {
                return id;
            }
        }

        return null;
    }

    private static string? Text(long? number) => number?.ToString(CultureInfo.InvariantCulture);
}
