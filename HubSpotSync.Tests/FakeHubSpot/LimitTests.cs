using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class LimitTests : IAsyncLifetime
{
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
        var first = await _caller.GetAsync("/crm/v3/objects/contacts?limit=1");
        for (var call = 0; call < 109; call++)
        {
            await _caller.GetAsync("/crm/v3/objects/contacts?limit=1");
        }

        var refused = await _caller.GetAsync("/crm/v3/objects/contacts?limit=1");

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
        Assert.Equal(200, (await other.GetAsync("/crm/v3/objects/contacts?limit=1")).Status);
        _host.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(200, (await _caller.GetAsync("/crm/v3/objects/contacts?limit=1")).Status);
    }

    [Fact]
    public async Task Search_has_a_limit_of_its_own_and_says_nothing_about_it()
    {
        for (var call = 0; call < 5; call++)
        {
            var answer = await _caller.PostAsync("/crm/v3/objects/contacts/search", new { limit = 1 });
            Assert.Equal((200, null), (answer.Status, answer.Header("X-HubSpot-RateLimit-Max")));
        }

        var refused = await _caller.PostAsync("/crm/v3/objects/contacts/search", new { limit = 1 });

        Assert.Equal((429, "SECONDLY"), (refused.Status, refused.At("policyName")));
        Assert.Equal(
            "109",
            (await _caller.GetAsync("/crm/v3/objects/contacts?limit=1")).Header("X-HubSpot-RateLimit-Remaining"));
    }
}
