using HubSpotSync.Core.Planning;

namespace HubSpotSync.HubSpotApi.OAuth;

/// <summary>
/// The permissions we ask for: those that the mode needs and no other. HubSpot refuses an address that asks for another
/// set than the app's project declares (hubspot-app), so the two are changed together; a test compares them.
/// </summary>
public static class HubSpotScopes
{
    /// <summary>For choosing contacts by the segments (lists) they are in.</summary>
    private const string ReadSegments = "crm.lists.read";

    /// <summary>
    /// For one property of ours that holds the id of the customer here: it makes a repeated creation find the first one
    /// instead of making a second. A person can make the property as well.
    /// </summary>
    private const string MakeProperties = "crm.schemas.contacts.write";

    private static readonly string[] Reading =
    [
        "oauth", "crm.objects.contacts.read", "crm.objects.companies.read", "crm.objects.deals.read",
        "crm.objects.owners.read",
    ];

    /// <summary>Without all of these there is no connection.</summary>
    public static IReadOnlyList<string> Required(SyncMode mode) =>
        Writes(mode) ? [.. Reading, "crm.objects.contacts.write"] : Reading;

    /// <summary>HubSpot leaves out what account or person lack, and the connection is made all the same.</summary>
    public static IReadOnlyList<string> Optional(SyncMode mode) =>
        Writes(mode) ? [MakeProperties, ReadSegments] : [ReadSegments];

    private static bool Writes(SyncMode mode) => mode != SyncMode.HubSpotIsSource;
}
