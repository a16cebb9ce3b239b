using HubSpotSync.Core.Planning;

namespace HubSpotSync.HubSpotApi.OAuth;

/// <summary>The permissions we ask for: those that the mode needs and no other.</summary>
public static class HubSpotScopes
{
    private static readonly string[] Reading =
    [
        "oauth", "crm.objects.contacts.read", "crm.objects.companies.read", "crm.objects.deals.read",
        "crm.objects.owners.read",
    ];

    // The schema permission is for one property of ours that holds the id of the customer here: it makes a repeated
    // creation find the first one instead of making a second.
    private static readonly string[] Writing = ["crm.objects.contacts.write", "crm.schemas.contacts.write"];

    public static IReadOnlyList<string> For(SyncMode mode) =>
        mode == SyncMode.HubSpotIsSource ? Reading : [.. Reading, .. Writing];
}
