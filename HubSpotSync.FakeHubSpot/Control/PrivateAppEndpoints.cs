using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>
/// What an administrator does in HubSpot to let one program into one account: a private app or a service key, whose
/// token is copied by hand and has limits of its own.
/// </summary>
internal static class PrivateAppEndpoints
{
    private const int FirstAppId = 900_000;
    private static int _made;

    public static async Task<IResult> AddAsync(
        int portalId, HttpRequest request, FakeAccounts accounts, Installations installations)
    {
        PersonEndpoints.Account(accounts, portalId);
        var body = (await JsonBody.ReadAsync(request)).Root;
        var scopes = body.Texts("scopes");
        InstallationEndpoints.RequireKnown(scopes);
        var name = body.Text("tier") ?? LimitTier.PrivateProfessional.Name;
        var tier = LimitTier.Find(name) ?? throw Refuse.Validation($"tier must be one of {LimitTier.Names}.");
        tier = tier with
        {
            PerTenSeconds = body.Whole("burstLimit") ?? tier.PerTenSeconds,
            PerDay = body.Whole("dailyLimit") ?? tier.PerDay,
        };
        var appId = FirstAppId + Interlocked.Increment(ref _made);
        var app = new AppOptions { ClientId = $"private-app-{appId}", AppId = appId };

        // Whoever holds such a token may always ask which account it is for.
        var granted = (scopes.Count == 0 ? ScopeCatalog.All : scopes).Append("oauth").ToHashSet();
        var token = $"pat-na1-{Guid.NewGuid()}";
        installations.LetIn(token, new Installation(portalId, app, granted) { Tier = tier });
        return FakeJson.Answer(201, new { token, appId, scopes = granted, tier = tier.Name });
    }

    /// <summary>Deleted, or rotated: the token is good no more with the next call.</summary>
    public static IResult Remove(int portalId, string token, FakeAccounts accounts, Installations installations)
    {
        PersonEndpoints.Account(accounts, portalId);
        if (installations.FindAccess(token)?.Installation is not { Tier: not null } installation)
        {
            throw Refuse.ResourceNotFound("Private app");
        }

        installation.Revoked = true;
        return FakeJson.NoContent;
    }
}
