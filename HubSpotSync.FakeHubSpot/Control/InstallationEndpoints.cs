using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>What an administrator in HubSpot, or time, does to an app's access to one account.</summary>
internal static class InstallationEndpoints
{
    public static IResult List(int portalId, FakeAccounts accounts, Installations installations) => FakeJson.Ok(new
    {
        results = installations.In(PersonEndpoints.Account(accounts, portalId).PortalId).Select(Body),
    });

    /// <summary>Without the consent page; the answer is that of a token call.</summary>
    public static async Task<IResult> AddAsync(
        int portalId,
        HttpRequest request,
        FakeAccounts accounts,
        Installations installations,
        IOptions<FakeOptions> options)
    {
        PersonEndpoints.Account(accounts, portalId);
        var body = (await JsonBody.ReadAsync(request)).Root;
        var clientId = body.Text("clientId") ?? options.Value.ClientId;
        var app = options.Value.Apps.FirstOrDefault(app => app.ClientId == clientId)
            ?? throw Refuse.Validation($"clientId '{clientId}' is unknown.");
        var scopes = body.Texts("scopes");
        RequireKnown(scopes);
        return FakeJson.Answer(
            201, TokenAnswer.From(installations.Install(portalId, app, scopes.Count == 0 ? ScopeCatalog.All : scopes)));
    }

    /// <summary>All access tokens given out so far end now; refresh tokens live on.</summary>
    public static IResult Expire(int portalId, FakeAccounts accounts, Installations installations)
    {
        installations.Expire(PersonEndpoints.Account(accounts, portalId).PortalId);
        return FakeJson.NoContent;
    }

    /// <summary>Refresh tokens are good no more; access tokens live until they end.</summary>
    public static IResult Revoke(int portalId, FakeAccounts accounts, Installations installations)
    {
        installations.Revoke(PersonEndpoints.Account(accounts, portalId).PortalId);
        return FakeJson.NoContent;
    }

    public static IResult Uninstall(int portalId, FakeAccounts accounts, Installations installations)
    {
        installations.Uninstall(PersonEndpoints.Account(accounts, portalId).PortalId);
        return FakeJson.NoContent;
    }

    public static IResult RemoveScopes(
        int portalId, ScopesBody body, FakeAccounts accounts, Installations installations)
    {
        PersonEndpoints.Account(accounts, portalId);
        IReadOnlyList<string> scopes = body.Remove is { Count: > 0 } named
            ? named
            : throw Refuse.Validation("remove must name at least one scope.");
        RequireKnown(scopes);
        installations.RemoveScopes(portalId, scopes);
        return FakeJson.Ok(new { results = installations.In(portalId).Select(Body) });
    }

    public static void RequireKnown(IReadOnlyList<string> scopes)
    {
        if (scopes.FirstOrDefault(scope => ScopeCatalog.InWords(scope) is null) is { } unknown)
        {
            throw Refuse.Validation($"scope '{unknown}' is unknown.");
        }
    }

    private static object Body(Installation installation) => new
    {
        clientId = installation.ClientId,
        appId = installation.AppId,
        scopes = installation.Scopes,
        revoked = installation.Revoked,
        uninstalled = installation.Uninstalled,
    };
}
