namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>The scopes the fake knows, each in words a person can agree to.</summary>
public static class ScopeCatalog
{
    private static readonly Dictionary<string, string> Words = new(StringComparer.Ordinal)
    {
        ["oauth"] = "Know which account this is",
        ["crm.objects.contacts.read"] = "Read contacts",
        ["crm.objects.contacts.write"] = "Create, change and archive contacts",
        ["crm.objects.companies.read"] = "Read companies",
        ["crm.objects.companies.write"] = "Create, change and archive companies",
        ["crm.objects.deals.read"] = "Read deals",
        ["crm.objects.deals.write"] = "Create, change and archive deals",
        ["crm.objects.owners.read"] = "Read the users that own records",
        ["crm.lists.read"] = "Read segments",
        ["crm.lists.write"] = "Create and change segments",
        ["crm.schemas.custom.read"] = "Read which kinds of records the account made itself",
        ["crm.schemas.contacts.read"] = "Read which properties contacts have",
        ["crm.schemas.contacts.write"] = "Create and change properties of contacts",
        ["crm.schemas.companies.read"] = "Read which properties companies have",
        ["crm.schemas.companies.write"] = "Create and change properties of companies",
        ["crm.schemas.deals.read"] = "Read which properties and pipelines deals have",
        ["crm.schemas.deals.write"] = "Create and change properties and pipelines of deals",
    };

    /// <summary>What an app may ask for on its own behalf, by <c>client_credentials</c>.</summary>
    public static readonly IReadOnlyCollection<string> OfApps =
    [
        "developer.webhooks_journal.read",
        "developer.webhooks_journal.subscriptions.read",
        "developer.webhooks_journal.subscriptions.write",
        "developer.webhooks_journal.snapshots.read",
    ];

    public static IReadOnlyCollection<string> All => Words.Keys;

    public static string? InWords(string scope) => Words.GetValueOrDefault(scope);
}
