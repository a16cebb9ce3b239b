using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class FaultTests(FakeHubSpotFixture fixture) : IDisposable
{
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose()
    {
        fixture.Host.Faults.Clear();
        _caller.Dispose();
    }

    [Theory]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(423)]
    [InlineData(401)]
    public async Task A_planned_status_is_met_once_by_the_call_it_is_for(int status)
    {
        fixture.Host.Faults.Next("GET", Contacts, Fault.Answer(status));

        Assert.Equal(200, (await _caller.GetAsync(Companies)).Status);
        Assert.Equal(
            (status, "error"),
            ((await _caller.GetAsync(Contacts)) is var answer ? answer.Status : 0, answer.At("status")));
        Assert.Equal(200, (await _caller.GetAsync(Contacts)).Status);
    }

    [Fact]
    public async Task A_planned_429_says_how_long_to_wait()
    {
        fixture.Host.Faults.Next("*", "/crm", Fault.Answer(429, retryAfterSeconds: 7), times: 2);

        var answer = await _caller.GetAsync(Contacts);

        Assert.Equal(("7", "TEN_SECONDLY_ROLLING"), (answer.Header("Retry-After"), answer.At("policyName")));
        Assert.Equal(1, fixture.Host.Faults.Pending);
    }

    [Fact]
    public async Task A_connection_dropped_before_the_work_leaves_nothing_behind()
    {
        var email = Email();
        fixture.Host.Faults.Next("POST", Contacts, Fault.DropBeforeWork);

        await Assert.ThrowsAsync<HttpRequestException>(() => _caller.PostAsync(Contacts, With(("email", email))));

        Assert.Equal(404, (await _caller.GetAsync($"{Contacts}/{email}?idProperty=email")).Status);
        Assert.Contains(fixture.Host.Requests.Counts, count => count is { Method: "POST", Status: 0 });
    }

    [Fact]
    public async Task A_connection_dropped_after_the_work_leaves_the_work_done()
    {
        var email = Email();
        fixture.Host.Faults.Next("POST", Contacts, Fault.DropAfterCommit);

        await Assert.ThrowsAsync<HttpRequestException>(() => _caller.PostAsync(Contacts, With(("email", email))));

        Assert.Equal(200, (await _caller.GetAsync($"{Contacts}/{email}?idProperty=email")).Status);
    }

    [Fact]
    public async Task An_error_after_the_work_leaves_the_work_done()
    {
        var email = Email();
        fixture.Host.Faults.Next("POST", Contacts, Fault.AnswerAfterCommit(502));

        var answer = await _caller.PostAsync(Contacts, With(("email", email)));

        Assert.Equal((502, null), (answer.Status, answer.At("id")));
        Assert.Equal(200, (await _caller.GetAsync($"{Contacts}/{email}?idProperty=email")).Status);
    }

    [Fact]
    public async Task Unreachable_means_every_connection_is_dropped_until_it_ends()
    {
        fixture.Host.Faults.Unreachable = true;

        await Assert.ThrowsAsync<HttpRequestException>(() => _caller.GetAsync(Contacts));
        await Assert.ThrowsAsync<HttpRequestException>(() => _caller.GetAsync("/oauth/authorize"));
        fixture.Host.Faults.Unreachable = false;

        Assert.Equal(200, (await _caller.GetAsync(Contacts)).Status);
    }

    [Fact]
    public async Task Faults_are_planned_over_http_too()
    {
        using var control = fixture.Host.Anonymous();

        var planned = await control.PostAsync(
            "/_fake/faults", new { kind = "status", method = "GET", pathPrefix = Deals, status = 503, retryAfter = 3 });
        var nonsense = await control.PostAsync("/_fake/faults", new { kind = "status" });
        var met = await _caller.GetAsync(Deals);

        Assert.Equal((201, 400, 503, "3"), (planned.Status, nonsense.Status, met.Status, met.Header("Retry-After")));
        await control.PutAsync("/_fake/unreachable", new { on = true });
        await Assert.ThrowsAsync<HttpRequestException>(() => _caller.GetAsync(Deals));
        Assert.Equal(204, (await control.DeleteAsync("/_fake/faults")).Status);
        Assert.Equal(200, (await _caller.GetAsync(Deals)).Status);
    }
}
