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
        "crm.lists.read" => "Read your segments and who is in them.",
        _ => null,
    };

    /// <returns>What works less well where an optional permission is not given.</returns>
    public static string? SayWithout(string scope) => scope switch
    {
        "crm.schemas.contacts.write" =>
            "customers are created all the same. Where HubSpot's answer gets lost, we look for the contact by e-mail "
            + "or name before we try again, which is slower and less certain.",
        "crm.lists.read" =>
            "contacts can't be chosen by the segments they are in. All other filters work.",
        _ => null,
    };

    public static bool IsWrite(string scope) => scope.EndsWith(".write", StringComparison.Ordinal);
}
