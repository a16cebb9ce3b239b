using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.HubSpotApi.Structure;

namespace HubSpotSync.Worker.Syncing;

/// <summary>What is read of each kind of record.</summary>
internal static class Queries
{
    public const string Companies = "companies";
    public const string Contacts = "contacts";

    /// <summary>Ids of the records that HubSpot merged into one, parted by semicolons.</summary>
    public const string MergedIdsProperty = "hs_merged_object_ids";

    public static ObjectQuery Of(SyncPolicy policy, FieldMap map)
    {
        string[] properties =
        [
            .. map.Fields.Where(field => field.Direction != FieldDirection.Off).Select(field => field.HubSpotProperty)
                .Distinct(),
            MergedIdsProperty,
        ];
        string[] companies = policy.TakesCompanies ? [Companies] : [];
        return map.Kind switch
        {
            RecordKind.Contact => new ObjectQuery(map.Kind, [.. properties, .. ContactProperties(policy)], companies),
            RecordKind.Company => new ObjectQuery(map.Kind, properties, []),
            _ => new ObjectQuery(map.Kind, properties, [Contacts, .. companies]),
        };
    }

    public static string IdText(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static IEnumerable<string> ContactProperties(SyncPolicy policy)
    {
        yield return ContactAddresses.SecondaryProperty;
        yield return AccountStructure.OwnIdProperty;
        if (policy.Activity is not null)
        {
            yield return ActivityFilter.Property;
        }
    }
}
