using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class WebhookManagementTests : IAsyncLifetime
{
    private const string Key = "?hapikey=fake-developer-key";
    private FakeHubSpotHost _host = null!; // xunit initialises it before the test
    private HubSpotCaller _caller = null!; // as above

    public async ValueTask InitializeAsync()
    {
        _host = await FakeHubSpotHost.StartAsync(TestContext.Current.CancellationToken);
        _caller = _host.Anonymous();
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _host.DisposeAsync();
    }

    [Theory]
    [InlineData("/webhooks/v3/4455", "SECONDLY")]
    [InlineData("/webhooks/2026-03/4455", "SECONDLY")]
    [InlineData("/app-webhooks/2026-09/4455", null)]
    public async Task Settings_are_put_read_and_deleted(string app, string? period)
    {
        Assert.Equal(404, (await _caller.GetAsync($"{app}/settings{Key}")).Status);

        var put = await _caller.PutAsync($"{app}/settings{Key}", Settings("https://sync.example.test/hooks", 20));
        var read = await _caller.GetAsync($"{app}/settings{Key}");
        var deleted = await _caller.DeleteAsync($"{app}/settings{Key}");

        Assert.Equal((200, put.Text), (put.Status, read.Text));
        Assert.Equal(
            ("https://sync.example.test/hooks", "20", period, "2026-11-22T09:00:00.000Z"),
            (
                read.At("targetUrl"), read.At("throttling.maxConcurrentRequests"), read.At("throttling.period"),
                read.At("createdAt")));
        Assert.Equal(204, deleted.Status);
        Assert.Equal(404, (await _caller.GetAsync($"{app}/settings{Key}")).Status);
    }

    [Theory]
    [InlineData("http://sync.example.test/hooks", 10)]
    [InlineData("ftp://localhost/hooks", 10)]
    [InlineData("hooks", 10)]
    [InlineData("https://sync.example.test/hooks", 5)]
    public async Task Settings_that_cannot_be_are_refused(string target, int most)
    {
        var answer = await _caller.PutAsync($"/webhooks/v3/4455/settings{Key}", Settings(target, most));

        Assert.Equal((400, "VALIDATION_ERROR"), (answer.Status, answer.At("category")));
    }

    [Theory]
    [InlineData("/webhooks/v3/4455")]
    [InlineData("/webhooks/2026-03/4455")]
    [InlineData("/app-webhooks/2026-09/4455")]
    public async Task A_subscription_is_made_read_paused_and_deleted(string app)
    {
        var made = await _caller.PostAsync(
            $"{app}/subscriptions{Key}",
            new { eventType = "contact.propertyChange", propertyName = "email", active = true });
        var id = made.At("id");
        var read = await _caller.GetAsync($"{app}/subscriptions/{id}{Key}");
        var paused = await _caller.PatchAsync($"{app}/subscriptions/{id}{Key}", new { active = false });
        var listed = await _caller.GetAsync($"{app}/subscriptions{Key}");
        var deleted = await _caller.DeleteAsync($"{app}/subscriptions/{id}{Key}");

        Assert.Equal((201, made.Text), (made.Status, read.Text));
        Assert.EndsWith($"{app}/subscriptions/{id}", made.Headers.Location!.AbsolutePath, StringComparison.Ordinal);
        Assert.Equal(
            ("contact.propertyChange", "email", "True", "2026-11-22T09:00:00.000Z"),
            (read.At("eventType"), read.At("propertyName"), read.At("active"), read.At("createdAt")));
        Assert.Equal("False", paused.At("active"));
        Assert.Equal(paused.Text, Assert.Single(listed.Results).GetRawText());
        Assert.Equal(
            (204, 404), (deleted.Status, (await _caller.GetAsync($"{app}/subscriptions/{id}{Key}")).Status));
    }

    [Fact]
    public async Task Several_are_changed_at_once_and_the_missing_are_named()
    {
        var one = (await CreateAsync("deal.creation")).At("id")!; // asserted by the batch below
        var well = await _caller.PostAsync(
            $"/webhooks/v3/4455/subscriptions/batch/update{Key}", Batch((int.Parse(one, null), true)));
        var partly = await _caller.PostAsync(
            $"/webhooks/v3/4455/subscriptions/batch/update{Key}", Batch((int.Parse(one, null), false), (999, true)));

        Assert.Equal((200, "COMPLETE", "True"), (well.Status, well.At("status"), well.At("results.0.active")));
        Assert.Equal(
            (207, "1", "False", "999", "error"),
            (
                partly.Status, partly.At("numErrors"), partly.At("results.0.active"),
                partly.At("errors.0.context.subscriptionIds.0"), partly.At("errors.0.status")));
    }

    [Theory]
    [InlineData("contact.change", null)]
    [InlineData("contact.propertyChange", null)]
    [InlineData("contact.creation", "email")]
    [InlineData("contact.propertyChange", "num_unique_conversion_events")]
    [InlineData("company.propertyChange", "hs_lastmodifieddate")]
    [InlineData("object.creation", null)]
    public async Task Subscriptions_that_cannot_be_are_refused(string eventType, string? propertyName)
    {
        var answer = await CreateAsync(eventType, propertyName);

        Assert.Equal((400, "VALIDATION_ERROR"), (answer.Status, answer.At("category")));
    }

    [Fact]
    public async Task The_same_subscription_is_not_made_twice_and_there_are_at_most_a_thousand()
    {
        await CreateAsync("contact.creation");
        Assert.Equal(409, (await CreateAsync("contact.creation")).Status);

        var thousand = Enumerable.Range(0, 1000)
            .Select(number => new { eventType = "contact.propertyChange", propertyName = $"p{number}" });
        await _caller.PutAsync(
            "/_fake/webhooks", new { targetUrl = "https://sync.example.test/hooks", subscriptions = thousand });

        Assert.Equal(400, (await CreateAsync("contact.creation")).Status);
    }

    [Fact]
    public async Task Only_the_developers_key_or_a_token_of_the_app_opens_the_settings()
    {
        using var app = _host.Connect();
        using var stranger = new HubSpotCaller(_host.Address, "na1-nobody");

        Assert.Equal(200, (await app.GetAsync("/webhooks/v3/4455/subscriptions")).Status);
        Assert.Equal(401, (await stranger.GetAsync("/webhooks/v3/4455/subscriptions")).Status);
        Assert.Equal(401, (await _caller.GetAsync("/webhooks/v3/4455/subscriptions")).Status);
        Assert.Equal(401, (await _caller.GetAsync("/webhooks/v3/4455/subscriptions?hapikey=wrong")).Status);
        Assert.Equal(404, (await _caller.GetAsync($"/webhooks/v3/4456/subscriptions{Key}")).Status);
    }

    [Fact]
    public async Task A_target_given_at_the_start_brings_the_usual_subscriptions()
    {
        await using var host = await FakeHubSpotHost.StartAsync(
            TestContext.Current.CancellationToken, ["--Fake:Webhooks:TargetUrl=http://localhost:5010/hooks"]);
        using var control = host.Anonymous();

        var shown = await control.GetAsync("/_fake/webhooks");

        Assert.Equal("http://localhost:5010/hooks", shown.At("target.targetUrl"));
        var types = shown.Json.GetProperty("subscriptions").EnumerateArray()
            .Select(one => one.GetProperty("eventType").GetString());
        Assert.Superset(
            new HashSet<string?> { "contact.privacyDeletion", "object.propertyChange", "object.associationChange" },
            types.ToHashSet());
    }

    private Task<HubSpotAnswer> CreateAsync(string eventType, string? propertyName = null) =>
        _caller.PostAsync($"/webhooks/v3/4455/subscriptions{Key}", new { eventType, propertyName });

    private static object Settings(string targetUrl, int maxConcurrentRequests) =>
        new { targetUrl, throttling = new { maxConcurrentRequests, period = "SECONDLY" } };

    private static object Batch(params IEnumerable<(int Id, bool Active)> inputs) =>
        new { inputs = inputs.Select(input => new { id = input.Id, active = input.Active }) };
}
