using HubSpotSync.FakeHubSpot.Api;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.OAuth;

internal static class TokenEndpoints
{
    public static async Task<IResult> TokenAsync(
        HttpContext http, Installations installations, IOptions<FakeOptions> options)
    {
        var (form, app) = await ReadClientFormAsync(http, options.Value);
        var tokens = (string?)form["grant_type"] switch
        {
            "authorization_code" => installations.Redeem(
                app, form["code"], form["redirect_uri"], form["code_verifier"]),
            "refresh_token" => installations.Refresh(app, form["refresh_token"]),
            "client_credentials" => installations.ForApp(app, AppScopes(form)),
            _ => throw OAuthError.Refusal("unsupported_grant_type", "BAD_GRANT_TYPE", "missing or unknown grant type"),
        };
        http.Response.Headers.CacheControl = "no-store";
        return FakeJson.Ok(TokenAnswer.From(tokens));
    }

    public static async Task<IResult> IntrospectAsync(
        HttpContext http, Installations installations, FakeClock clock, IOptions<FakeOptions> options)
    {
        var (form, _) = await ReadClientFormAsync(http, options.Value);
        var token = (string?)form["token"] ?? "";
        if (installations.FindRefresh(token) is { Revoked: false, Uninstalled: false } installation)
        {
            return FakeJson.Ok(IntrospectionAnswer.OfRefresh(token, installation));
        }

        return installations.FindAccess(token) is { } access && access.IsGood(clock.Now)
            ? FakeJson.Ok(IntrospectionAnswer.OfAccess(token, access, clock.Now))
            : FakeJson.Ok(IntrospectionAnswer.Inactive);
    }

    /// <summary>
    /// An unknown token is fine too: after the call it is no longer good, which is what was asked for.
    /// </summary>
    public static async Task<IResult> RevokeAsync(
        HttpContext http, Installations installations, IOptions<FakeOptions> options)
    {
        var (form, app) = await ReadClientFormAsync(http, options.Value);
        if (installations.FindRefresh(form["token"]) is { } installation && installation.ClientId == app.ClientId)
        {
            installation.Revoked = true;
        }

        return Results.Ok();
    }

    private static string[] AppScopes(IFormCollection form)
    {
        var asked = ((string?)form["scope"] ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return asked.Length > 0 && asked.All(ScopeCatalog.OfApps.Contains)
            ? asked
            : throw OAuthError.Refusal(
                "invalid_scope", "BAD_SCOPES", $"scope must be among {string.Join(", ", ScopeCatalog.OfApps)}");
    }

    private static async Task<(IFormCollection Form, AppOptions App)> ReadClientFormAsync(
        HttpContext http, FakeOptions options)
    {
        if (!http.Request.HasFormContentType)
        {
            throw OAuthError.Refusal("invalid_request", "BAD_GRANT_TYPE", "the body must be a form");
        }

        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var app = options.Apps.FirstOrDefault(app => app.ClientId == form["client_id"])
            ?? throw OAuthError.Refusal("invalid_client", "BAD_CLIENT_ID", "missing or unknown client id");
        return form["client_secret"] == app.ClientSecret
            ? (form, app)
            : throw OAuthError.Refusal("invalid_client", "BAD_CLIENT_SECRET", "missing or invalid client secret");
    }
}
