using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>Private apps and service keys: a token that is copied by hand, with limits of its own.</summary>
public sealed class PrivateAppTests : IAsyncLifetime
{
    private const string Page = "/crm/objects/2026-09/contacts?limit=1";
    private const string Apps = "/_fake/accounts/12345/private-apps";
    private FakeHubSpotHost _host = null!; // xunit initialises it before the test
    private HubSpotCaller _control = null!; // as above

    public async ValueTask InitializeAsync()
    {
        _host = await FakeHubSpotHost.StartAsync(TestContext.Current.CancellationToken, ["--Fake:Limits=hubspot"]);
        _control = _host.Anonymous();
    }

    public async ValueTask DisposeAsync()
    {
        _control.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task Its_token_does_not_end_by_itself_and_ends_at_once_when_it_is_deleted()
    {
        var token = await MakeAsync(new { });
        using var caller = new HubSpotCaller(_host.Address, token);

        await _control.PostAsync("/_fake/accounts/12345/installations/expire", new { });
        _host.Time.Advance(TimeSpan.FromDays(400));
        var late = await caller.GetAsync(Page);
        var deleted = await _control.DeleteAsync($"{Apps}/{token}");
        var after = await caller.GetAsync(Page);

        Assert.StartsWith("pat-na1-", token, StringComparison.Ordinal);
        Assert.Equal((200, 204), (late.Status, deleted.Status));
        Assert.Equal((401, "INVALID_AUTHENTICATION"), (after.Status, after.At("category")));
    }

    [Fact]
    public async Task It_may_do_what_its_scopes_say_and_always_ask_whose_it_is()
    {
        using var caller = new HubSpotCaller(
            _host.Address, await MakeAsync(new { scopes = new[] { "crm.objects.contacts.read" } }));

        var refused = await caller.PostAsync(
            "/crm/objects/2026-09/contacts/batch/update", new { inputs = Array.Empty<object>() });

        Assert.Equal(200, (await caller.GetAsync(Page)).Status);
        Assert.Equal("12345", (await caller.GetAsync("/account-info/2026-09/details")).At("portalId"));
        Assert.Equal((403, "MISSING_SCOPES"), (refused.Status, refused.At("category")));
    }

    [Fact]
    public async Task Its_limits_are_its_own_and_those_of_an_app_by_consent_stay_as_they_are()
    {
        using var small = new HubSpotCaller(
            _host.Address, await MakeAsync(new { tier = "private-free", burstLimit = 3, dailyLimit = 5 }));
        using var large = new HubSpotCaller(_host.Address, await MakeAsync(new { }));
        using var app = _host.Connect();

        var first = await small.GetAsync(Page);
        await small.GetAsync(Page);
        await small.GetAsync(Page);
        var burst = await small.GetAsync(Page);
        var other = await large.GetAsync(Page);
        var consent = await app.GetAsync(Page);

        Assert.Equal(("3", "5"), (first.Header("X-HubSpot-RateLimit-Max"), first.Header("X-HubSpot-RateLimit-Daily")));
        Assert.Equal((429, "TEN_SECONDLY_ROLLING"), (burst.Status, burst.At("policyName")));
        Assert.Equal((200, "190"), (other.Status, other.Header("X-HubSpot-RateLimit-Max")));
        Assert.Equal("625000", other.Header("X-HubSpot-RateLimit-Daily"));
        Assert.Equal("110", consent.Header("X-HubSpot-RateLimit-Max"));
        Assert.Null(consent.Header("X-HubSpot-RateLimit-Daily"));
    }

    [Fact]
    public async Task What_is_unknown_is_refused()
    {
        Assert.Equal(400, (await _control.PostAsync(Apps, new { tier = "golden" })).Status);
        Assert.Equal(400, (await _control.PostAsync(Apps, new { scopes = new[] { "everything" } })).Status);
        Assert.Equal(404, (await _control.DeleteAsync($"{Apps}/pat-na1-unknown")).Status);
    }

    private async Task<string> MakeAsync(object body)
    {
        var made = await _control.PostAsync(Apps, body);
        Assert.True(made.Status == 201, made.Text);
        return made.At("token")!; // always there
    }
}
