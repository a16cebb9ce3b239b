using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class LimitTests : IAsyncLifetime
{
    private const string Page = "/crm/v3/objects/contacts?limit=1";
    private const string Search = "/crm/v3/objects/contacts/search";
    private FakeHubSpotHost _host = null!; // xunit initialises it before the test
    private HubSpotCaller _caller = null!; // as above

    public async ValueTask InitializeAsync()
    {
        _host = await FakeHubSpotHost.StartAsync(TestContext.Current.CancellationToken, ["--Fake:Limits=hubspot"]);
        _caller = _host.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task After_110_calls_in_ten_seconds_the_account_must_wait()
    {
        var first = await _caller.GetAsync(Page);
        for (var call = 0; call < 109; call++)
        {
            await _caller.GetAsync(Page);
        }

        var refused = await _caller.GetAsync(Page);

        Assert.Equal(
            ("110", "109", "10000"),
            (
                first.Header("X-HubSpot-RateLimit-Max"),
                first.Header("X-HubSpot-RateLimit-Remaining"),
                first.Header("X-HubSpot-RateLimit-Interval-Milliseconds")));
        Assert.Equal(
            (429, "TEN_SECONDLY_ROLLING", "RATE_LIMIT", "0"),
            (
                refused.Status,
                refused.At("policyName"),
                refused.At("errorType"),
                refused.Header("X-HubSpot-RateLimit-Remaining")));
        using var other = _host.Connect(_host.Accounts.Small);
        Assert.Equal(200, (await other.GetAsync(Page)).Status);
        _host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await _caller.GetAsync(Page)).Status);
    }

    [Fact]
    public async Task Search_has_a_limit_of_its_own_and_says_nothing_about_it()
    {
        for (var call = 0; call < 5; call++)
        {
            var answer = await _caller.PostAsync(Search, new { limit = 1 });
            Assert.Equal((200, null), (answer.Status, answer.Header("X-HubSpot-RateLimit-Max")));
        }

        var refused = await _caller.PostAsync(Search, new { limit = 1 });

        Assert.Equal((429, "SECONDLY"), (refused.Status, refused.At("policyName")));
        Assert.Equal(
            "109",
            (await _caller.GetAsync(Page)).Header("X-HubSpot-RateLimit-Remaining"));
    }

    [Fact]
    public async Task A_private_apps_day_ends_at_midnight_where_the_account_is()
    {
        using var control = _host.Anonymous();
        await control.PutAsync("/_fake/settings", new { tier = "private-free", dailyLimit = 2 });
        var zone = TimeZoneInfo.FindSystemTimeZoneById(_host.Accounts.Main.TimeZone);
        var local = TimeZoneInfo.ConvertTime(_host.Time.GetUtcNow(), zone);
        _host.Time.Advance(TimeSpan.FromHours(23) - local.TimeOfDay);
        _caller = _host.Connect();

        var first = await _caller.GetAsync(Page);
        await _caller.GetAsync(Page);
        var refused = await _caller.GetAsync(Page);
        var usage = await _caller.GetAsync("/account-info/v3/api-usage/daily/private-apps");
        _host.Time.Advance(TimeSpan.FromMinutes(61));
        using var tomorrow = _host.Connect();

        Assert.Equal(
            ("100", "2", "1"),
            (
                first.Header("X-HubSpot-RateLimit-Max"),
                first.Header("X-HubSpot-RateLimit-Daily"),
                first.Header("X-HubSpot-RateLimit-Daily-Remaining")));
        Assert.Equal((429, "DAILY"), (refused.Status, refused.At("policyName")));
        Assert.Equal(429, usage.Status);
        Assert.Equal(200, (await tomorrow.GetAsync(Page)).Status);
        var told = await tomorrow.GetAsync("/account-info/v3/api-usage/daily/private-apps");
        Assert.Equal(("2", "2"), (told.At("results.0.usageLimit"), told.At("results.0.currentUsage")));
    }

    [Theory]
    [InlineData("oauth", "110", null)]
    [InlineData("private-professional", "190", "625000")]
    [InlineData("private-enterprise", "190", "1000000")]
    [InlineData("private-increased", "250", "2000000")]
    public async Task Each_kind_of_app_has_its_own_limits(string tier, string burst, string? day)
    {
        using var control = _host.Anonymous();
        await control.PutAsync("/_fake/settings", new { tier });

        var answer = await _caller.GetAsync(Page);

        Assert.Equal(
            (burst, day), (answer.Header("X-HubSpot-RateLimit-Max"), answer.Header("X-HubSpot-RateLimit-Daily")));
    }

    [Fact]
    public async Task Each_app_has_a_burst_of_its_own_but_all_share_the_search()
    {
        using var control = _host.Anonymous();
        await control.PutAsync("/_fake/settings", new { burstLimit = 1, searchLimit = 1 });
        var app = new AppOptions { ClientId = "other-app", ClientSecret = "secret", AppId = 7788 };
        var tokens = _host.Installations.Install(_host.Accounts.Main.PortalId, app, ScopeCatalog.All);
        using var other = new HubSpotCaller(_host.Address, tokens.AccessToken);

        Assert.Equal((200, 429), ((await _caller.GetAsync(Page)).Status, (await _caller.GetAsync(Page)).Status));
        Assert.Equal(200, (await other.GetAsync(Page)).Status);
        Assert.Equal(200, (await _caller.PostAsync(Search, new { limit = 1 })).Status);
        Assert.Equal(429, (await other.PostAsync(Search, new { limit = 1 })).Status);
    }

    [Fact]
    public async Task Searches_count_against_the_day()
    {
        using var control = _host.Anonymous();
        await control.PutAsync("/_fake/settings", new { dailyLimit = 2 });

        await _caller.PostAsync(Search, new { limit = 1 });
        var answer = await _caller.GetAsync(Page);
        var refused = await _caller.PostAsync(Search, new { limit = 1 });

        Assert.Equal("0", answer.Header("X-HubSpot-RateLimit-Daily-Remaining"));
        Assert.Equal((429, "DAILY"), (refused.Status, refused.At("policyName")));
    }

    [Fact]
    public async Task Batches_of_associations_count_like_other_calls()
    {
        var answer = await _caller.PostAsync(
            "/crm/v4/associations/contacts/companies/batch/read", new { inputs = new[] { new { id = "101" } } });

        Assert.Equal("109", answer.Header("X-HubSpot-RateLimit-Remaining"));
    }
}
