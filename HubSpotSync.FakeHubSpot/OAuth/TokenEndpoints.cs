using HubSpotSync.FakeHubSpot.Api;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.OAuth;

internal static class TokenEndpoints
{
    public static async Task<IResult> TokenAsync(
        HttpContext http, Installations installations, IOptions<FakeOptions> options)
    {
        var form = await ReadClientFormAsync(http, options.Value);
        var tokens = (string?)form["grant_type"] switch
        {
            "authorization_code" => installations.Redeem(form["code"], form["redirect_uri"]),
            "refresh_token" => installations.Refresh(form["refresh_token"]),
            _ => throw OAuthError.Refusal("unsupported_grant_type", "BAD_GRANT_TYPE", "missing or unknown grant type"),
        };
        http.Response.Headers.CacheControl = "no-store";
        return FakeJson.Ok(TokenAnswer.From(tokens));
    }

    public static async Task<IResult> IntrospectAsync(
        HttpContext http, Installations installations, FakeClock clock, IOptions<FakeOptions> options)
    {
        var form = await ReadClientFormAsync(http, options.Value);
        var token = (string?)form["token"] ?? "";
        if (installations.FindRefresh(token) is { Revoked: false, Uninstalled: false } installation)
        {
            return FakeJson.Ok(IntrospectionAnswer.Of(token, "refresh_token", installation, options.Value.AppId, null));
        }

        return installations.FindAccess(token) is { Installation.Uninstalled: false } access
            && access.ExpiresAt > clock.Now
            ? FakeJson.Ok(IntrospectionAnswer.Of(
                token, "access_token", access.Installation, options.Value.AppId, SecondsLeft(access, clock)))
            : FakeJson.Ok(IntrospectionAnswer.Inactive);
    }

    /// <summary>
    /// An unknown token is fine too: after the call it is no longer good, which is what was asked for.
    /// </summary>
    public static async Task<IResult> RevokeAsync(
        HttpContext http, Installations installations, IOptions<FakeOptions> options)
    {
        var form = await ReadClientFormAsync(http, options.Value);
        if (installations.FindRefresh(form["token"]) is { } installation)
        {
            installation.Revoked = true;
        }

        return Results.Ok();
    }

    private static int SecondsLeft(AccessGrant access, FakeClock clock) =>
        (int)(access.ExpiresAt - clock.Now).TotalSeconds;

    private static async Task<IFormCollection> ReadClientFormAsync(HttpContext http, FakeOptions options)
    {
        if (!http.Request.HasFormContentType)
        {
            throw OAuthError.Refusal("invalid_request", "BAD_GRANT_TYPE", "the body must be a form");
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["client_id"] != options.ClientId)
        {
            throw OAuthError.Refusal("invalid_client", "BAD_CLIENT_ID", "missing or unknown client id");
        }

        return form["client_secret"] == options.ClientSecret
            ? form
            : throw OAuthError.Refusal("invalid_client", "BAD_CLIENT_SECRET", "missing or invalid client secret");
    }
}
