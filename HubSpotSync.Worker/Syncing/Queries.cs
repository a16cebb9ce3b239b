using System.Globalization;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
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

    public static ObjectQuery Of(FieldMap map) => map.Kind switch
    {
        RecordKind.Contact =>
            new ObjectQuery(
            map.Kind,
            [.. Properties(map), ContactAddresses.SecondaryProperty, AccountStructure.OwnIdProperty],
            [Companies]),
        RecordKind.Company => new ObjectQuery(map.Kind, Properties(map), []),
        _ => new ObjectQuery(map.Kind, Properties(map), [Contacts, Companies]),
    };

    public static string IdText(long id) => id.ToString(CultureInfo.InvariantCulture);

    private static string[] Properties(FieldMap map) =>
        [.. map.Fields.Select(field => field.HubSpotProperty), MergedIdsProperty];
}
