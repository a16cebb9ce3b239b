using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class TokenTests(FakeHubSpotFixture fixture) : IDisposable
{
    private readonly HubSpotCaller _app = fixture.Host.Anonymous();

    public void Dispose() => _app.Dispose();

    [Theory]
    [InlineData("/oauth/v1/token")]
    [InlineData("/oauth/v3/token")]
    [InlineData("/oauth/2026-03/token")]
    [InlineData("/oauth/2026-09/token")]
    public async Task A_code_is_exchanged_for_tokens(string path)
    {
        var code = await Consent.CodeAsync(_app, "oauth crm.objects.contacts.read");

        var answer = await Consent.RedeemAsync(_app, code, path);

        Assert.Equal(200, answer.Status);
        Assert.Equal("bearer", answer.At("token_type"));
        Assert.Equal("access_token", answer.At("token_use"));
        Assert.Equal("1800", answer.At("expires_in"));
        Assert.Equal("12345", answer.At("hub_id"));
        Assert.Equal("""["oauth","crm.objects.contacts.read","crm.objects.owners.read"]""", answer.At("scopes"));
        Assert.StartsWith("na1-", answer.At("access_token"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_use_of_a_code_is_refused()
    {
        var code = await Consent.CodeAsync(_app);
        await Consent.RedeemAsync(_app, code);

        AssertRefused("BAD_AUTH_CODE", "invalid_grant", await Consent.RedeemAsync(_app, code));
    }

    [Fact]
    public async Task A_code_goes_stale_after_a_minute()
    {
        var code = await Consent.CodeAsync(_app);
        fixture.Host.Time.Advance(TimeSpan.FromSeconds(60));

        AssertRefused("BAD_AUTH_CODE", "invalid_grant", await Consent.RedeemAsync(_app, code));
    }

    [Fact]
    public async Task A_code_is_good_only_with_the_address_it_was_given_for()
    {
        var code = await Consent.CodeAsync(_app);

        AssertRefused(
            "BAD_REDIRECT_URI",
            "invalid_grant",
            await Consent.RedeemAsync(_app, code, redirectUri: "http://localhost:5010/elsewhere"));
    }

    [Theory]
    [InlineData("refresh_token", "other", "fake-client-secret", "BAD_CLIENT_ID")]
    [InlineData("refresh_token", "fake-client-id", "wrong", "BAD_CLIENT_SECRET")]
    [InlineData("refresh_token", "fake-client-id", "fake-client-secret", "BAD_REFRESH_TOKEN")]
    [InlineData("password", "fake-client-id", "fake-client-secret", "BAD_GRANT_TYPE")]
    public async Task A_wrong_token_call_says_what_is_wrong(
        string grantType, string clientId, string secret, string status)
    {
        var answer = await _app.PostFormAsync(
            "/oauth/2026-09/token",
            ("grant_type", grantType),
            ("client_id", clientId),
            ("client_secret", secret),
            ("refresh_token", "unknown"));

        Assert.Equal(400, answer.Status);
        Assert.Equal(status, answer.At("status"));
        Assert.Equal(answer.At("message"), answer.At("error_description"));
    }

    [Fact]
    public async Task An_access_token_expires_after_half_an_hour_and_is_refreshed()
    {
        var tokens = await TokensAsync();
        fixture.Host.Time.Advance(TimeSpan.FromSeconds(Installations.AccessSeconds));

        var late = await DetailsAsync(tokens.At("access_token")!); // asserted above
        var refreshed = await Consent.RefreshAsync(_app, tokens.At("refresh_token")!); // as above

        Assert.Equal((401, "EXPIRED_AUTHENTICATION"), (late.Status, late.At("category")));
        Assert.NotNull(late.At("context.expire time.0"));
        Assert.Equal(tokens.At("refresh_token"), refreshed.At("refresh_token"));
        Assert.Equal(200, (await DetailsAsync(refreshed.At("access_token")!)).Status); // as above
    }

    [Fact]
    public async Task A_revoked_refresh_token_gives_no_more_access_but_the_access_given_lives_on()
    {
        var tokens = await TokensAsync();

        var revoked = await Consent.AboutAsync(_app, "revoke", tokens.At("refresh_token")!); // asserted in TokensAsync

        Assert.Equal(200, revoked.Status);
        AssertRefused(
            "BAD_REFRESH_TOKEN",
            "invalid_grant",
            await Consent.RefreshAsync(_app, tokens.At("refresh_token")!)); // as above
        Assert.Equal(200, (await DetailsAsync(tokens.At("access_token")!)).Status); // as above
        Assert.Equal(
            "False",
            (await Consent.AboutAsync(_app, "introspect", tokens.At("refresh_token")!)).At("active")); // as above
    }

    [Fact]
    public async Task Introspection_tells_whose_token_it_is()
    {
        var tokens = await TokensAsync();

        var known = await Consent.AboutAsync(_app, "introspect", tokens.At("access_token")!); // asserted in TokensAsync
        var unknown = await Consent.AboutAsync(_app, "introspect", "nonsense");

        Assert.Equal(
            ("True", "12345", "access_token"), (known.At("active"), known.At("hub_id"), known.At("token_use")));
        Assert.Equal((200, """{"active":false}"""), (unknown.Status, unknown.Text));
    }

    [Fact]
    public async Task Uninstalling_ends_all_tokens_of_the_account()
    {
        var answer = fixture.Host.Installations.Install(67890, "oauth");
        using var caller = new HubSpotCaller(fixture.Host.Address, answer.AccessToken);

        var gone = await caller.DeleteAsync("/appinstalls/2026-09/external-install");

        Assert.Equal(204, gone.Status);
        Assert.Equal("INVALID_AUTHENTICATION", (await caller.GetAsync("/account-info/2026-09/details")).At("category"));
        AssertRefused(
            "BAD_REFRESH_TOKEN", "invalid_grant", await Consent.RefreshAsync(_app, answer.Installation.RefreshToken));
    }

    [Fact]
    public async Task A_call_without_the_scope_names_the_scope()
    {
        using var caller = fixture.Host.Connect(fixture.Host.Accounts.Main, "oauth", "crm.objects.contacts.read");

        var write = await caller.PostAsync("/crm/v3/objects/contacts", Sample.With(("email", Sample.Email())));
        var read = await caller.GetAsync("/crm/v3/objects/contacts");
        var definitions = await caller.GetAsync("/crm/v3/properties/contacts");

        Assert.Equal((403, "MISSING_SCOPES"), (write.Status, write.At("category")));
        Assert.Equal("crm.objects.contacts.write", write.At("errors.0.context.requiredGranularScopes.0"));
        Assert.Equal((200, 200), (read.Status, definitions.Status));
    }

    private async Task<HubSpotAnswer> TokensAsync()
    {
        var answer = await Consent.RedeemAsync(_app, await Consent.CodeAsync(_app));
        Assert.Equal(200, answer.Status);
        return answer;
    }

    private async Task<HubSpotAnswer> DetailsAsync(string accessToken)
    {
        using var caller = new HubSpotCaller(fixture.Host.Address, accessToken);
        return await caller.GetAsync("/account-info/2026-09/details");
    }

    private static void AssertRefused(string status, string error, HubSpotAnswer answer) =>
        Assert.Equal((400, status, error), (answer.Status, answer.At("status"), answer.At("error")));

    [Fact]
    public async Task A_token_given_at_the_start_lets_scripts_in_for_good()
    {
        await using var host = await FakeHubSpotHost.StartAsync(
            TestContext.Current.CancellationToken, ["--Fake:Token=some-token"]);
        host.Time.Advance(TimeSpan.FromDays(1));
        using var script = new HubSpotCaller(host.Address, "some-token");

        Assert.Equal(200, (await script.GetAsync("/crm/v3/objects/contacts")).Status);
        Assert.Equal(200, (await script.GetAsync("/crm/v3/owners")).Status);
    }
}
