using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;

namespace HubSpotSync.Portal.Customers;

/// <summary>Addresses of records in HubSpot's own pages.</summary>
internal static class HubSpotLinks
{
    public static string Record(HubSpotConnection connection, RecordKind kind, long id) =>
        $"https://{connection.UiDomain}/contacts/{connection.HubId}/record/{TypeOf(kind)}/{id}";

    private static string TypeOf(RecordKind kind) => kind switch
    {
        RecordKind.Company => "0-2",
        RecordKind.Deal => "0-3",
        _ => "0-1",
    };
}
