using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>
/// The old addresses with the token in the path, which HubSpot turns off on 2027-02-16, and the one private apps use.
/// Whoever holds a token may ask about it: no other credentials are needed.
/// </summary>
internal static class TokenInfoEndpoints
{
    public static IResult ShowAccess(string token, Installations installations, FakeClock clock) =>
        installations.FindAccess(token) is { } access && access.IsGood(clock.Now)
            ? FakeJson.Ok(TokenInfo.OfAccess(token, access, clock.Now))
            : throw Unknown();

    public static IResult ShowRefresh(string token, Installations installations) =>
        FakeJson.Ok(TokenInfo.OfRefresh(token, Good(token, installations)));

    public static IResult DeleteRefresh(string token, Installations installations)
    {
        Good(token, installations).Revoked = true;
        return FakeJson.NoContent;
    }

    public static async Task<IResult> ShowPrivateAsync(HttpContext http, Installations installations, FakeClock clock)
    {
        var body = (await JsonBody.ReadAsync(http.Request)).Root;
        var access = installations.FindAccess(body.Required("tokenKey"));
        return access?.IsGood(clock.Now) == true
            ? FakeJson.Ok(new
            {
                userId = FakeAccount.AdminUserId,
                hubId = access.Installation.PortalId,
                appId = access.Installation.AppId,
                scopes = access.Installation.Scopes,
            })
            : throw Unknown();
    }

    private static Installation Good(string token, Installations installations) =>
        installations.FindRefresh(token) is { Revoked: false, Uninstalled: false } installation
            ? installation
            : throw Unknown();

    private static RefusalException Unknown() =>
        new(404, new ErrorBody("OAuth token could not be found", "OBJECT_NOT_FOUND"));
}
