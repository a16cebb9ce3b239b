using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

/// <summary>An account as the worker has read it, put there by SQL.</summary>
internal static class AccountRows
{
    private const string Properties =
        """
        [{"kind":"Contact","name":"email","label":"Email","type":"Email","hubSpotType":"string","isHubSpots":true},
         {"kind":"Contact","name":"firstname","label":"First name","type":"Text","hubSpotType":"string",
          "isHubSpots":true},
         {"kind":"Contact","name":"favourite_colour","label":"Favourite colour","type":"Enumeration",
          "hubSpotType":"enumeration","options":[{"value":"r","label":"Red"},{"value":"g","label":"Green"},
          {"value":"b","label":"Blue"}]},
         {"kind":"Contact","name":"member_number","label":"Member number","type":"Text","hubSpotType":"string",
          "hasUniqueValue":true},
         {"kind":"Contact","name":"score","label":"Lead score","type":"Number","hubSpotType":"number",
          "isReadOnly":true,"isCalculated":true},
         {"kind":"Contact","name":"home_point","label":"Home point","hubSpotType":"object_coordinates"},
         {"kind":"Company","name":"fleet_size","label":"Fleet size","type":"Number","hubSpotType":"number"}]
        """;

    private const string Lists =
        """
        [{"id":7,"name":"Newsletter","processingType":"DYNAMIC","size":9},
         {"id":8,"name":"Partners","processingType":"MANUAL","size":4}]
        """;

    /// <summary>Properties and two lists, which HubSpot has allowed us to read.</summary>
    public static Task AddStructureAsync(this PortalHost portal, Guid connectionId) =>
        portal.Database.ExecuteAsync(
            $$"""
            update hubspot_connections set scopes = '{crm.lists.read}' where id = '{{connectionId}}';
            insert into hubspot_structure (connection_id, workspace_id, properties, lists, read_at)
              select id, workspace_id, '{{Properties}}', '{{Lists}}', now()
                from hubspot_connections where id = '{{connectionId}}'
            """);
}
