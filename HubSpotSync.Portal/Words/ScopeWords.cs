namespace HubSpotSync.Portal.Words;

/// <summary>What a HubSpot permission lets us do, for the person who grants it.</summary>
internal static class ScopeWords
{
    /// <returns>
    /// What it means, or <c>null</c> where a permission has no words yet; a test holds that none lacks them.
    /// </returns>
    public static string? Say(string scope) => scope switch
    {
        "oauth" => "Know which HubSpot account you connect.",
        "crm.objects.contacts.read" => "Read your contacts and their lifecycle stages.",
        "crm.objects.companies.read" => "Read your companies, and which contact belongs to which.",
        "crm.objects.deals.read" => "Read your deals, pipelines and stages.",
        "crm.objects.owners.read" => "Read the names of your HubSpot users, to show who owns a record.",
        "crm.objects.contacts.write" => "Create contacts, and change the fields that were edited here more recently.",
        "crm.schemas.contacts.write" =>
            "Create one contact property that holds the customer's id here, so that nobody is ever created twice.",
        _ => null,
    };

    public static bool IsWrite(string scope) => scope.EndsWith(".write", StringComparison.Ordinal);
}
