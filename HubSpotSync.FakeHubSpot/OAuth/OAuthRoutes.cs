using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.OAuth;

internal static class OAuthRoutes
{
    public static void MapOAuth(this WebApplication app)
    {
        app.MapGet("/oauth/authorize", AuthorizeEndpoints.Show);
        app.MapGet("/oauth/{portalId}/authorize", AuthorizeEndpoints.Show);
        app.MapPost("/oauth/authorize", AuthorizeEndpoints.AnswerAsync).DisableAntiforgery();
        foreach (var version in (string[])["v1", "v3", "2026-03", "2026-09"])
        {
            app.MapPost($"/oauth/{version}/token", TokenEndpoints.TokenAsync).DisableAntiforgery();
        }

        app.MapGet("/oauth/v1/access-tokens/{token}", TokenInfoEndpoints.ShowAccess);
        app.MapGet("/oauth/v1/refresh-tokens/{token}", TokenInfoEndpoints.ShowRefresh);
        app.MapDelete("/oauth/v1/refresh-tokens/{token}", TokenInfoEndpoints.DeleteRefresh);
        app.MapPost("/oauth/v2/private-apps/get/access-token-info", TokenInfoEndpoints.ShowPrivateAsync);

        foreach (var version in (string[])["v3", "2026-03", "2026-09"])
        {
            app.MapPost($"/oauth/{version}/token/introspect", TokenEndpoints.IntrospectAsync).DisableAntiforgery();
            app.MapPost($"/oauth/{version}/token/revoke", TokenEndpoints.RevokeAsync).DisableAntiforgery();
            app.MapDelete($"/appinstalls/{version}/external-install", Uninstall).Needs("oauth");
        }
    }

    private static IResult Uninstall(ApiCall call, Installations installations)
    {
        installations.Uninstall(call.Account.PortalId);
        return FakeJson.NoContent;
    }
}
