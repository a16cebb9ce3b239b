using System.Net;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class RequestLogTests : IAsyncLifetime
{
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
    public async Task It_tells_the_busiest_moments_of_each_account()
    {
        using var caller = _host.Connect();
        for (var call = 0; call < 7; call++)
        {
            await caller.GetAsync(Contacts);
            await caller.GetAsync(Companies);
            _host.Time.Advance(TimeSpan.FromSeconds(4));
        }

        await caller.PostAsync($"{Contacts}/search", new { limit = 1 });
        await caller.PostAsync($"{Contacts}/search", new { limit = 1 });
        var log = await _control.GetAsync("/_fake/requests");

        Assert.Equal(
            ("12345", "6", "2"),
            (
                log.At("busiest.0.portalId"), log.At("busiest.0.callsInTenSeconds"),
                log.At("busiest.0.searchesInOneSecond")));
        Assert.Equal(("0", "16"), (log.At("busiest.1.callsInTenSeconds"), log.At("total")));
        Assert.Equal("SECONDLY", log.At("recent.0.countsAs"));
        Assert.Equal("12345", log.At("recent.0.portalId"));
    }

    [Fact]
    public async Task It_counts_refusals_by_the_limit_they_name()
    {
        await _control.PutAsync("/_fake/settings", new { burstLimit = 1, searchLimit = 1 });
        await _control.PostAsync(
            "/_fake/faults", new { kind = "status", status = 429, policyName = "DAILY", pathPrefix = Deals });
        using var caller = _host.Connect();
        for (var call = 0; call < 3; call++)
        {
            await caller.GetAsync(Contacts);
            await caller.PostAsync($"{Contacts}/search", new { limit = 1 });
        }

        await caller.GetAsync(Deals);
        var log = await _control.GetAsync("/_fake/requests");

        Assert.Equal(
            ("2", "2", "1"),
            (
                log.At("rateLimited.TEN_SECONDLY_ROLLING"), log.At("rateLimited.SECONDLY"),
                log.At("rateLimited.DAILY")));
        Assert.Equal("5", (await _control.GetAsync("/_fake/state")).At("requests.rateLimited"));
    }

    [Fact]
    public async Task It_names_unknown_routes_without_naming_anybody()
    {
        using var caller = _host.Connect();
        await caller.GetAsync("/crm/v3/objects/nonsense/99/else/a@secret.example");
        await caller.GetAsync("/contacts/v1/lists/all/contacts/all?email=a@secret.example");

        var log = await _control.GetAsync("/_fake/requests");

        Assert.Contains("GET /contacts/v1/lists/all/contacts/all", log.Text, StringComparison.Ordinal);
        Assert.Contains("GET /crm/v3/objects/nonsense/*/else/*", log.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", log.Text, StringComparison.Ordinal);
        Assert.Equal(204, (await _control.DeleteAsync("/_fake/requests")).Status);
        Assert.Equal("0", (await _control.GetAsync("/_fake/requests")).At("total"));
    }

    [Fact]
    public async Task Pages_of_other_sites_do_not_steer_the_fake()
    {
        using var http = new HttpClient { BaseAddress = _host.Address };
        foreach (var (origin, status) in ((string, HttpStatusCode)[])
            [
                ("https://elsewhere.example", HttpStatusCode.Forbidden), ("null", HttpStatusCode.Forbidden),
                (_host.Address.GetLeftPart(UriPartial.Authority), HttpStatusCode.NoContent),
            ])
        {
            using var request = new HttpRequestMessage(HttpMethod.Delete, "/_fake/requests");
            request.Headers.Add("Origin", origin);
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.Equal(status, answer.StatusCode);
        }
    }
}
