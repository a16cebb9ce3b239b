using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Webhooks;

namespace HubSpotSync.FakeHubSpot;

/// <summary>The settings of section <c>Fake</c>; on the command line <c>--Fake:Contacts=5000</c>.</summary>
public sealed class FakeOptions
{
    public const string SectionName = "Fake";
    public const string LimitsLikeHubSpot = "hubspot";
    public const string LimitsOff = "off";

    public int Contacts { get; init; } = 5000;
    public int Companies { get; init; } = 800;
    public int Deals { get; init; } = 600;

    /// <summary>
    /// How many accounts: the large one, and others of <see cref="SmallContacts"/> from <see cref="SmallPortalId"/> on.
    /// </summary>
    public int Accounts { get; init; } = 2;

    public int SmallContacts { get; init; } = 200;
    public int Seed { get; init; } = 1;
    public int LatencyMs { get; init; }
    public int SearchLagMs { get; init; } = 2000;
    public string Limits { get; init; } = LimitsLikeHubSpot;

    /// <summary>How much an app may ask: a name of <see cref="LimitTier"/>.</summary>
    public string Tier { get; init; } = LimitTier.OAuth.Name;

    public string ClientId { get; init; } = "fake-client-id";
    public string ClientSecret { get; init; } = "fake-client-secret";

    /// <summary>
    /// A bearer token for scripts: an app with all scopes on the first account, for good. Empty: none.
    /// </summary>
    public string Token { get; init; } = "";

    public int AppId { get; init; } = 4455;
    public AppOptions[] OtherApps { get; init; } = [];
    public string DeveloperKey { get; init; } = "fake-developer-key";
    public WebhookOptions Webhooks { get; init; } = new();
    public int PortalId { get; init; } = 12345;
    public int SmallPortalId { get; init; } = 67890;

    /// <summary>
    /// Whether contacts are linked to the company of their address's domain, which is made if there is none. An account
    /// can turn that off; off here, so that a contact brings nothing along unless a test wants it.
    /// </summary>
    public bool AutoAssociate { get; init; }

    /// <summary>
    /// Where the browser may be sent back to; empty takes any address that is https or on this machine.
    /// </summary>
    public string[] RedirectUris { get; init; } = [];

    /// <summary>The app under test first, then the others.</summary>
    public IEnumerable<AppOptions> Apps =>
        [new AppOptions { ClientId = ClientId, ClientSecret = ClientSecret, AppId = AppId }, .. OtherApps];

    /// <summary>
    /// Endings of e-mail addresses that pass. HubSpot refuses names outside the public root; <c>example</c> and
    /// <c>test</c> are let in on purpose, since they are what made-up people must use.
    /// </summary>
    public string[] EmailEndings { get; init; } =
    [
        "example", "test", "com", "org", "net",
        "de", "at", "ch", "fr", "es", "it", "nl", "pl", "uk", "io", "eu", "jp",
    ];
}
