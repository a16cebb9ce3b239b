using System.Web;
using HubSpotSync.Core.Planning;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Tests.FakeHubSpot;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.HubSpotApi;

public sealed class OAuthTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IAsyncLifetime
{
    private HubSpotClient _client = null!; // xunit initialises it before the test

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _client = await HubSpotClient.StartAsync(fixture.Host.Address);

    public ValueTask DisposeAsync() => _client.DisposeAsync();

    [Fact]
    public void The_consent_address_carries_every_value_unharmed()
    {
        const string State = "a b&c=d+e/f?g#ü%";
        var back = new Uri("https://crm.example/hubspot/callback?tenant=1&x=y");

        var url = _client.OAuth.AuthorizeUrl(SyncMode.HubSpotIsSource, State, back);

        Assert.Equal($"{fixture.Host.Address}oauth/authorize", url.GetLeftPart(UriPartial.Path));
        var query = HttpUtility.ParseQueryString(url.Query);
        Assert.Equal(
            ("fake-client-id", back.AbsoluteUri, State),
            (query["client_id"], query["redirect_uri"], query["state"]));
        Assert.Equal(HubSpotScopes.Required(SyncMode.HubSpotIsSource), query["scope"]?.Split(' '));
        Assert.Equal(HubSpotScopes.Optional(SyncMode.HubSpotIsSource), query["optional_scope"]?.Split(' '));
        Assert.DoesNotContain('+', url.Query);
        Assert.Equal(5, query.Count);
    }

    [Fact]
    public void Reading_alone_asks_for_no_permission_to_write()
    {
        Assert.DoesNotContain(
            HubSpotScopes.Required(SyncMode.HubSpotIsSource).Concat(HubSpotScopes.Optional(SyncMode.HubSpotIsSource)),
            scope => scope.Contains("write", StringComparison.Ordinal));
        Assert.Contains("crm.objects.contacts.write", HubSpotScopes.Required(SyncMode.TwoWay));
        Assert.Contains("crm.schemas.contacts.write", HubSpotScopes.Optional(SyncMode.LocalIsSource));
    }

    [Fact]
    public async Task A_code_brings_tokens_and_the_account_behind_them_and_works_once()
    {
        var back = new Uri(Consent.Back);
        using var browser = fixture.Host.Anonymous();
        var code = await Consent.CodeAsync(browser, "oauth crm.objects.contacts.read");

        var tokens = await _client.OAuth.ExchangeAsync(code, back, Token);
        var account = await _client.OAuth.ReadAccountAsync(tokens.AccessToken, Token);
        var again = await Assert.ThrowsAsync<OAuthException>(() => _client.OAuth.ExchangeAsync(code, back, Token));

        Assert.Equal(TimeSpan.FromMinutes(30), tokens.ExpiresIn);
        Assert.Contains("crm.objects.contacts.read", tokens.Scopes);
        Assert.Equal((12345, "Acme Outfitters", "EUR"), (account.PortalId, account.Name, account.Currency));
        Assert.Equal("BAD_AUTH_CODE", again.Reason);
        Assert.DoesNotContain(code, $"{again}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_brings_another_access_token()
    {
        var installed = Install();

        var refreshed = await _client.OAuth.RefreshAsync(installed.Installation.RefreshToken, Token);

        Assert.NotEqual(installed.AccessToken, refreshed.AccessToken);
        Assert.Equal(12345, (await _client.OAuth.ReadAccountAsync(refreshed.AccessToken, Token)).PortalId);
    }

    [Fact]
    public async Task A_revoked_refresh_token_is_told_apart_from_a_wrong_app_secret()
    {
        var installed = Install().Installation.RefreshToken;
        using var app = fixture.Host.Anonymous();
        await using var wrong = await HubSpotClient.StartAsync(fixture.Host.Address, clientSecret: "wrong");

        var secret = await Assert.ThrowsAsync<OAuthException>(() => wrong.OAuth.RefreshAsync(installed, Token));
        await Consent.AboutAsync(app, "revoke", installed);
        var revoked = await Assert.ThrowsAsync<OAuthException>(() => _client.OAuth.RefreshAsync(installed, Token));

        Assert.Equal(("BAD_CLIENT_SECRET", false), (secret.Reason, secret.IsRevoked));
        Assert.Equal(("BAD_REFRESH_TOKEN", true), (revoked.Reason, revoked.IsRevoked));
        Assert.DoesNotContain(installed, $"{revoked}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_are_neither_printed_nor_logged()
    {
        var installed = Install();

        var tokens = await _client.OAuth.RefreshAsync(installed.Installation.RefreshToken, Token);

        foreach (var secret in (string[])[tokens.AccessToken, tokens.RefreshToken, "fake-client-secret"])
        {
            Assert.DoesNotContain(secret, $"{tokens}", StringComparison.Ordinal);
            Assert.DoesNotContain(_client.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
        }
    }

    private IssuedTokens Install() =>
        fixture.Host.Installations.Install(fixture.Host.Accounts.Main.PortalId, ScopeCatalog.All);
}
