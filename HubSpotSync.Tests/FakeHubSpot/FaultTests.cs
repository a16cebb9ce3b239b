using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
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
        fixture.Host.Faults.Next("GET", Contacts, Fault.With(status));

        Assert.Equal(200, (await _caller.GetAsync(Companies)).Status);
        Assert.Equal(
            (status, "error"),
            ((await _caller.GetAsync(Contacts)) is var answer ? answer.Status : 0, answer.At("status")));
        Assert.Equal(200, (await _caller.GetAsync(Contacts)).Status);
    }

    [Fact]
    public async Task A_planned_429_says_how_long_to_wait()
    {
        fixture.Host.Faults.Next("*", "/crm", Fault.With(429, retryAfterSeconds: 7), times: 2);

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
        fixture.Host.Faults.Next("POST", Contacts, Fault.WithAfterCommit(502));

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

    [Fact]
    public async Task A_429_names_the_limit_it_is_told_to()
    {
        await PlanAsync(new { kind = "status", status = 429, policyName = "DAILY", pathPrefix = Deals });

        var met = await _caller.GetAsync(Deals);

        Assert.Equal((429, "DAILY"), (met.Status, met.At("policyName")));
    }

    [Fact]
    public async Task A_proxys_page_comes_instead_of_json()
    {
        await PlanAsync(new { kind = "html", pathPrefix = Deals });

        var met = await _caller.GetAsync(Deals);

        Assert.Equal(502, met.Status);
        Assert.StartsWith("<!doctype html>", met.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_truncated_answer_is_no_json_but_the_work_is_done()
    {
        var email = Email();
        await PlanAsync(new { kind = "truncate", method = "POST", pathPrefix = Contacts });

        await Assert.ThrowsAnyAsync<JsonException>(() => _caller.PostAsync(Contacts, With(("email", email))));

        Assert.Equal(200, (await _caller.GetAsync($"{Contacts}/{email}?idProperty=email")).Status);
    }

    [Theory]
    [InlineData(true, 200)]
    [InlineData(false, 404)]
    public async Task A_call_that_hangs_is_dropped_before_or_after_its_effect(bool afterCommit, int found)
    {
        var email = Email();
        await PlanAsync(new { kind = "timeout", method = "POST", pathPrefix = Contacts, delayMs = 50, afterCommit });

        await Assert.ThrowsAsync<HttpRequestException>(() => _caller.PostAsync(Contacts, With(("email", email))));

        Assert.Equal(found, (await _caller.GetAsync($"{Contacts}/{email}?idProperty=email")).Status);
    }

    [Fact]
    public async Task A_slow_answer_is_whole_in_the_end()
    {
        await PlanAsync(new { kind = "slow", pathPrefix = Contacts, delayMs = 200 });
        var started = Stopwatch.GetTimestamp();

        var met = await _caller.GetAsync(Contacts);

        Assert.Equal(10, met.Json.GetProperty("results").GetArrayLength());
        Assert.True(Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(150));
    }

    [Fact]
    public async Task Chosen_rows_of_a_batch_fail_and_the_others_are_done()
    {
        string[] emails = [Email(), Email(), Email()];
        await PlanAsync(new { kind = "partial", path = "*/contacts/batch/create", rows = new[] { 1, 7 } });

        var met = await _caller.PostAsync(
            $"{Contacts}/batch/create",
            new
            {
                inputs = emails.Select(email => new { objectWriteTraceId = email, properties = new { email } }),
            });

        Assert.Equal((207, "1"), (met.Status, met.At("numErrors")));
        Assert.Equal(2, met.Json.GetProperty("results").GetArrayLength());
        Assert.Equal(emails[1], met.At("errors.0.context.objectWriteTraceId.0"));
        Assert.Equal(404, (await _caller.GetAsync($"{Contacts}/{emails[1]}?idProperty=email")).Status);
    }

    [Fact]
    public async Task A_share_of_the_calls_meets_a_fault_until_it_is_taken_back()
    {
        var id = await PlanAsync(
            new { kind = "status", status = 503, pathPrefix = Deals, share = 0.5, skip = 2, seed = 7 });
        using var control = fixture.Host.Anonymous();

        var statuses = new List<int>();
        for (var call = 0; call < 42; call++)
        {
            statuses.Add((await _caller.GetAsync(Deals)).Status);
        }

        var listed = await control.GetAsync("/_fake/faults");
        Assert.Equal([200, 200], statuses.Take(2));
        Assert.InRange(statuses.Count(status => status == 503), 10, 30);
        Assert.Equal(
            (id, statuses.Count(status => status == 503).ToString(CultureInfo.InvariantCulture)),
            (listed.At("results.0.id"), listed.At("results.0.hits")));
        Assert.Equal(204, (await control.DeleteAsync($"/_fake/faults/{id}")).Status);
        Assert.Equal(404, (await control.DeleteAsync($"/_fake/faults/{id}")).Status);
        Assert.Equal(200, (await _caller.GetAsync(Deals)).Status);
    }

    [Fact]
    public async Task A_fault_may_be_for_one_account_only()
    {
        await PlanAsync(new { kind = "status", status = 477, retryAfter = 9, portalId = 67890 });
        using var other = fixture.Host.Connect(fixture.Host.Accounts.Small);

        Assert.Equal(200, (await _caller.GetAsync(Deals)).Status);
        var met = await other.GetAsync(Deals);
        Assert.Equal((477, "9"), (met.Status, met.Header("Retry-After")));
    }

    [Theory]
    [InlineData("""{}""", "kind is missing")]
    [InlineData("""{"kind":"flood"}""", "kind 'flood' is unknown")]
    [InlineData("""{"kind":"status"}""", "needs a status from 400 to 599")]
    [InlineData("""{"kind":"drop","times":0}""", "times must be at least 1")]
    [InlineData("""{"kind":"drop","share":2}""", "share must be above 0")]
    [InlineData("""{"kind":"slow"}""", "needs delayMs")]
    [InlineData("""{"kind":"partial"}""", "needs rows")]
    [InlineData("""{"kind":"status","status":429,"policyName":"HOURLY"}""", "policyName must be one of")]
    public async Task A_wrong_fault_is_refused_by_what_is_wrong(string body, string told)
    {
        using var control = fixture.Host.Anonymous();

        var refused = await control.PostAsync("/_fake/faults", JsonSerializer.Deserialize<JsonElement>(body));

        Assert.Equal(400, refused.Status);
        Assert.Contains(told, refused.At("message"), StringComparison.Ordinal);
        Assert.Equal(0, fixture.Host.Faults.Pending);
    }

    private async Task<string> PlanAsync(object fault)
    {
        using var control = fixture.Host.Anonymous();
        var planned = await control.PostAsync("/_fake/faults", fault);
        Assert.Equal(201, planned.Status);
        return planned.At("id")!; // a planned fault has one
    }
}
