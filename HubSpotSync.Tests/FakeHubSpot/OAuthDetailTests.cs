using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Web;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>Proof keys, other apps, an app's own tokens, and the addresses that tell about a token.</summary>
public sealed class OAuthDetailTests : IAsyncLifetime
{
    private const string Token = "/oauth/2026-09/token";
    private FakeHubSpotHost _host = null!; // xunit initialises it before the test
    private HubSpotCaller _app = null!; // as above

    public async ValueTask InitializeAsync()
    {
        _host = await FakeHubSpotHost.StartAsync(
            TestContext.Current.CancellationToken,
            [
                "--Fake:OtherApps:0:ClientId=other-app", "--Fake:OtherApps:0:ClientSecret=other-secret",
                "--Fake:OtherApps:0:AppId=7788",
            ]);
        _app = _host.Anonymous();
    }

    public async ValueTask DisposeAsync()
    {
        _app.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("S256", "a-verifier-that-is-long-enough-to-be-a-real-one", 200)]
    [InlineData("S256", "something else", 400)]
    [InlineData("S256", null, 400)]
    [InlineData("plain", "a-verifier-that-is-long-enough-to-be-a-real-one", 200)]
    [InlineData("plain", "something else", 400)]
    [InlineData(null, "a verifier nobody announced", 400)]
    public async Task A_code_asked_for_with_a_proof_key_needs_it(string? method, string? verifier, int status)
    {
        const string Right = "a-verifier-that-is-long-enough-to-be-a-real-one";
        var challenge = method == "S256"
            ? Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Right)))
            : Right;
        var code = await CodeAsync(
            method is null ? [] : [("code_challenge", challenge), ("code_challenge_method", method)]);

        var answer = await RedeemAsync(code, verifier is null ? [] : [("code_verifier", verifier)]);

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? null : "BAD_CODE_VERIFIER", answer.At("status"));
    }

    [Fact]
    public async Task An_unknown_way_to_prove_is_refused_on_the_page()
    {
        var page = await _app.GetAsync(
            $"/oauth/authorize?client_id=fake-client-id&redirect_uri={Consent.Back}&scope=oauth"
            + "&code_challenge=x&code_challenge_method=S512");

        Assert.Equal(400, page.Status);
        Assert.Contains("code_challenge_method", page.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_apps_codes_and_tokens_are_its_own()
    {
        var mine = await RedeemAsync(await CodeAsync());
        var refresh = mine.At("refresh_token")!; // asserted by the token tests
        var code = await CodeAsync();

        var stolenCode = await RedeemAsync(code, ("client_id", "other-app"), ("client_secret", "other-secret"));
        var stolenRefresh = await _app.PostFormAsync(
            Token,
            ("grant_type", "refresh_token"), ("client_id", "other-app"), ("client_secret", "other-secret"),
            ("refresh_token", refresh));

        Assert.Equal(
            ("BAD_AUTH_CODE", "BAD_REFRESH_TOKEN"), (stolenCode.At("status"), stolenRefresh.At("status")));
        Assert.Equal(200, (await Consent.RefreshAsync(_app, refresh)).Status);
    }

    [Fact]
    public async Task What_another_app_writes_is_its_own_work()
    {
        using var other = new HubSpotCaller(
            _host.Address,
            _host.Installations.Install(
                12345, new() { ClientId = "other-app", AppId = 7788 }, ["crm.objects.contacts.write"]).AccessToken);
        var id = (await other.PostAsync(Sample.Contacts, Sample.With(("email", Sample.Email())))).At("id");
        using var caller = _host.Connect();

        var read = await caller.GetAsync($"{Sample.Contacts}/{id}?propertiesWithHistory=email");

        Assert.Equal("7788", read.At("propertiesWithHistory.email.0.sourceId"));
    }

    [Fact]
    public async Task An_app_gets_a_token_of_its_own_for_what_belongs_to_no_account()
    {
        var answer = await ForAppAsync("developer.webhooks_journal.read");

        Assert.Equal(
            (200, "client_credentials", null, null),
            (answer.Status, answer.At("token_use"), answer.At("refresh_token"), answer.At("hub_id")));
        using var caller = new HubSpotCaller(_host.Address, answer.At("access_token"));
        Assert.Equal("INVALID_AUTHENTICATION", (await caller.GetAsync(Sample.Contacts)).At("category"));
        Assert.Equal("BAD_SCOPES", (await ForAppAsync("crm.objects.contacts.read")).At("status"));
        Assert.Equal("BAD_SCOPES", (await ForAppAsync("")).At("status"));
    }

    [Fact]
    public async Task The_old_addresses_tell_about_a_token_and_take_a_refresh_token_back()
    {
        var tokens = await RedeemAsync(await CodeAsync());
        var access = tokens.At("access_token");
        var refresh = tokens.At("refresh_token");

        var aboutAccess = await _app.GetAsync($"/oauth/v1/access-tokens/{access}");
        var aboutRefresh = await _app.GetAsync($"/oauth/v1/refresh-tokens/{refresh}");
        var aboutPrivate = await _app.PostAsync(
            "/oauth/v2/private-apps/get/access-token-info", new { tokenKey = access });
        var deleted = await _app.DeleteAsync($"/oauth/v1/refresh-tokens/{refresh}");

        Assert.Equal(
            ("12345", "4455", "1800", "access"),
            (
                aboutAccess.At("hub_id"), aboutAccess.At("app_id"), aboutAccess.At("expires_in"),
                aboutAccess.At("token_type")));
        Assert.Equal(("12345", "fake-client-id"), (aboutRefresh.At("hub_id"), aboutRefresh.At("client_id")));
        Assert.Equal(("12345", "4455"), (aboutPrivate.At("hubId"), aboutPrivate.At("appId")));
        Assert.Equal(204, deleted.Status);
        Assert.Equal(404, (await _app.GetAsync($"/oauth/v1/refresh-tokens/{refresh}")).Status);
        _host.Time.Advance(TimeSpan.FromSeconds(1800));
        Assert.Equal(404, (await _app.GetAsync($"/oauth/v1/access-tokens/{access}")).Status);
    }

    private Task<HubSpotAnswer> ForAppAsync(string scope) => _app.PostFormAsync(
        Token,
        ("grant_type", "client_credentials"), ("client_id", "fake-client-id"),
        ("client_secret", "fake-client-secret"), ("scope", scope));

    private async Task<string> CodeAsync(params IEnumerable<(string Name, string Value)> more)
    {
        var answer = await _app.PostFormAsync(
            "/oauth/authorize",
            [
                ("client_id", "fake-client-id"), ("redirect_uri", Consent.Back),
                ("scope", "oauth crm.objects.contacts.read"), ("account", "12345"), ("decision", "approve"), .. more,
            ]);
        return HttpUtility.ParseQueryString(answer.Headers.Location!.Query)["code"]!; // the consent tests assert both
    }

    /// <summary>What is named replaces the usual fields.</summary>
    private Task<HubSpotAnswer> RedeemAsync(string code, params IReadOnlyList<(string Name, string Value)> more)
    {
        (string Name, string Value)[] usual =
        [
            ("grant_type", "authorization_code"), ("client_id", "fake-client-id"),
            ("client_secret", "fake-client-secret"), ("code", code), ("redirect_uri", Consent.Back),
        ];
        return _app.PostFormAsync(
            Token, usual.Where(field => more.All(other => other.Name != field.Name)).Concat(more));
    }
}
