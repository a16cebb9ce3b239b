using System.Web;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>The consent page's form, sent without a browser.</summary>
internal static class Consent
{
    public const string Back = "http://localhost:5010/connect/callback";

    public static Task<HubSpotAnswer> AnswerAsync(
        HubSpotCaller browser, string redirectUri, string decision, string scope, string form = "") =>
        browser.PostFormAsync(
            "/oauth/authorize",
            ("client_id", "fake-client-id"), ("redirect_uri", redirectUri), ("scope", scope),
            ("optional_scope", "crm.objects.owners.read"),
            ("state", "a state&more"), ("account", "12345"), ("decision", decision), ("form", form));

    public static async Task<string> CodeAsync(HubSpotCaller browser, string scope = "oauth")
    {
        var answer = await AnswerAsync(browser, Back, "approve", scope);
        return HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"]!; // the consent tests assert both
    }

    public static Task<HubSpotAnswer> RedeemAsync(
        HubSpotCaller app, string code, string path = "/oauth/2026-09/token", string redirectUri = Back) =>
        app.PostFormAsync(
            path,
            ("grant_type", "authorization_code"), ("client_id", "fake-client-id"),
            ("client_secret", "fake-client-secret"),
            ("code", code), ("redirect_uri", redirectUri));

    public static Task<HubSpotAnswer> RefreshAsync(HubSpotCaller app, string refreshToken) => app.PostFormAsync(
        "/oauth/2026-09/token",
        ("grant_type", "refresh_token"), ("client_id", "fake-client-id"),
        ("client_secret", "fake-client-secret"), ("refresh_token", refreshToken));

    public static Task<HubSpotAnswer> AboutAsync(HubSpotCaller app, string action, string token) => app.PostFormAsync(
        $"/oauth/2026-09/token/{action}", ("client_id", "fake-client-id"),
        ("client_secret", "fake-client-secret"), ("token", token));
}
