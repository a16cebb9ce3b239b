namespace HubSpotSync.Data.Api;

/// <summary>What a key may do. Whoever may write something may read it as well.</summary>
public static class ApiScopes
{
    public const string CrmRead = "crm.read";
    public const string CrmWrite = "crm.write";
    public const string BillingRead = "billing.read";
    public const string BillingWrite = "billing.write";
    public const string HubSpotRead = "hubspot.read";
    public const string HubSpotAdmin = "hubspot.admin";
    public const string WebhooksAdmin = "webhooks.admin";

    public static IReadOnlyList<string> All { get; } =
        [CrmRead, CrmWrite, BillingRead, BillingWrite, HubSpotRead, HubSpotAdmin, WebhooksAdmin];

    public static bool Covers(IEnumerable<string> given, string wanted)
    {
        ArgumentNullException.ThrowIfNull(given);
        ArgumentNullException.ThrowIfNull(wanted);
        var area = wanted.Split('.')[0];
        return given.Any(scope => scope == wanted
            || (wanted.EndsWith(".read", StringComparison.Ordinal)
                && scope.StartsWith($"{area}.", StringComparison.Ordinal)));
    }
}
