using System.Globalization;
using HubSpotSync.FakeHubSpot.Webhooks;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;
using static HubSpotSync.Tests.FakeHubSpot.WebhookScene;

namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>How events travel: signed, in batches, again after a failure, and as badly as the settings say.</summary>
public sealed class WebhookDeliveryTests
{
    private const int RetryStep = 24 * 3600 / 10;
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task Every_call_is_signed_for_the_address_it_goes_to()
    {
        await using var scene = await StartAsync("contact.creation");
        await ContactAsync(scene.App);
        await scene.HearAsync();

        var call = Assert.Single(scene.Receiver.Calls);

        var time = long.Parse(call.Headers["X-HubSpot-Request-Timestamp"], CultureInfo.InvariantCulture);
        Assert.Equal(
            WebhookSignature.V3("fake-client-secret", "POST", scene.Receiver.Target, call.Body, time),
            call.Headers["X-HubSpot-Signature-v3"]);
        Assert.Equal(
            ("v1", WebhookSignature.V1("fake-client-secret", call.Body)),
            (call.Headers["X-HubSpot-Signature-Version"], call.Headers["X-HubSpot-Signature"]));
        Assert.Equal(scene.Host.Time.GetUtcNow().ToUnixTimeMilliseconds(), time);
        Assert.Equal("application/json", call.Headers["Content-Type"]);
        Assert.DoesNotContain("traceparent", call.Headers.Keys);
    }

    [Fact]
    public async Task A_failed_call_is_made_again_as_the_fakes_clock_moves_on()
    {
        await using var scene = await StartAsync("contact.creation");
        scene.Receiver.Answer = call => Task.FromResult(call.Attempt < 2 ? 500 + call.Attempt : 200);

        await ContactAsync(scene.App);
        Assert.Empty(await scene.HearAsync());
        await AdvanceAsync(scene, RetryStep);
        Assert.Empty(await scene.HearAsync());
        await AdvanceAsync(scene, RetryStep);
        await scene.HearAsync();

        Assert.Equal([(0, 500), (1, 501), (2, 200)], scene.Receiver.Calls.Select(call => (call.Attempt, call.Status)));
        Assert.Single(scene.Receiver.Calls.Select(call => call.Events[0].GetProperty("eventId").GetInt64()).Distinct());
        var shown = await scene.ShowAsync();
        Assert.Equal(("1", "2", "0"), (shown.At("delivered"), shown.At("failedAttempts"), shown.At("waitingForRetry")));
    }

    [Fact]
    public async Task After_ten_retries_within_a_day_it_is_given_up()
    {
        await using var scene = await StartAsync("contact.creation");
        scene.Receiver.Answer = _ => Task.FromResult(404);
        await ContactAsync(scene.App);

        for (var step = 0; step <= 10; step++)
        {
            await scene.HearAsync();
            await AdvanceAsync(scene, RetryStep);
        }

        await scene.HearAsync();
        Assert.Equal(Enumerable.Range(0, 11), scene.Receiver.Calls.Select(call => call.Attempt));
        Assert.Equal("1", (await scene.ShowAsync()).At("givenUp"));
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_in_time_is_tried_again()
    {
        await using var scene = await StartAsync("contact.creation");
        await scene.SetAsync(new { timeoutMs = 100 });
        var hang = new TaskCompletionSource<int>();
        scene.Receiver.Answer = call => call.Attempt == 0 ? hang.Task : Task.FromResult(200);
        await ContactAsync(scene.App);
        await scene.HearAsync();
        hang.SetResult(503);
        await scene.SetAsync(new { timeoutMs = 5000 });

        await AdvanceAsync(scene, RetryStep);

        Assert.Equal(1, Assert.Single(await scene.HearAsync()).GetProperty("attemptNumber").GetInt32());
        Assert.Equal("0", (await scene.ShowAsync()).At("recent.1.status"));
    }

    [Fact]
    public async Task A_receiver_that_is_not_there_is_tried_again()
    {
        await using var scene = await StartAsync("contact.creation");
        await using var gone = await WebhookReceiver.StartAsync();
        var address = gone.Target;
        await gone.DisposeAsync();
        await scene.Control.PutAsync("/_fake/webhooks", new { targetUrl = address });
        await ContactAsync(scene.App);
        await scene.HearAsync();

        await scene.SubscribeAsync(["contact.creation"]);
        await AdvanceAsync(scene, RetryStep);

        Assert.Equal(1, (await scene.HearOneAsync("object.creation")).GetProperty("attemptNumber").GetInt32());
    }

    [Fact]
    public async Task At_most_ten_calls_are_on_their_way_for_one_account()
    {
        await using var scene = await StartAsync("contact.propertyChange email", "contact.creation");
        await scene.SetAsync(new { maxBatchSize = 1 });
        var open = new TaskCompletionSource();
        scene.Receiver.Answer = async _ =>
        {
            await open.Task;
            return 200;
        };

        await CreateManyAsync(scene, 30);
        await Eventually.IsTrueAsync(
            () => scene.Receiver.AtOnce == 10, Limit, () => $"{scene.Receiver.AtOnce} calls at once");
        Assert.Equal("50", (await scene.ShowAsync()).At("pending"));
        open.SetResult();

        Assert.Equal(60, (await scene.HearAsync()).Count);
        Assert.Equal(
            (10, "10"), (scene.Receiver.MostAtOnce, (await scene.ShowAsync()).At("mostInFlight")));
    }

    [Fact]
    public async Task A_call_holds_at_most_a_hundred_events_of_one_account_in_their_order()
    {
        await using var scene = await StartAsync("contact.creation", "contact.propertyChange email");
        using var small = scene.Host.Connect(scene.Host.Accounts.Small);
        await scene.SetAsync(new { paused = true });
        await CreateManyAsync(scene, 80);
        await ContactAsync(small);
        await scene.SetAsync(new { paused = false });

        var told = await scene.HearAsync();

        Assert.Equal([1, 60, 100], scene.Receiver.Calls.Select(call => call.Events.Count).Order());
        Assert.All(
            scene.Receiver.Calls,
            call => Assert.Single(call.Events.Select(one => one.GetProperty("portalId").GetInt32()).Distinct()));
        var largest = scene.Receiver.Calls.Single(call => call.Events.Count == 100);
        var ids = largest.Events.Select(one => one.GetProperty("objectId").GetInt64()).ToList();
        Assert.Equal(ids.Order(), ids);
        Assert.Equal(161, told.Count);
    }

    [Fact]
    public async Task Shuffled_duplicated_and_dropped_as_told_and_the_same_in_every_run()
    {
        var first = await MisbehaveAsync();
        var second = await MisbehaveAsync();

        Assert.Equal(first, second);
        Assert.NotEqual(first.Order(), first);
        Assert.InRange(first.Distinct().Count(), 40, 95);
        Assert.InRange(first.Count - first.Distinct().Count(), 10, 45);
    }

    [Fact]
    public async Task An_account_without_the_app_hears_nothing_more()
    {
        await using var scene = await StartAsync("contact.creation", "contact.propertyChange city");
        await scene.SetAsync(new { paused = true });
        var id = await ContactAsync(scene.App);
        await scene.App.DeleteAsync("/appinstalls/2026-09/external-install");
        await scene.Control.PatchAsync($"{People}/{id}", With(("city", "Bonn")));
        await scene.SetAsync(new { paused = false });

        Assert.Empty(await scene.HearAsync());
        Assert.Equal("1", (await scene.ShowAsync()).At("discarded"));
    }

    [Fact]
    public async Task Paused_subscriptions_and_removed_settings_keep_events_away()
    {
        await using var scene = await StartAsync("contact.creation");
        const string Subscriptions = "/webhooks/v3/4455/subscriptions/1?hapikey=fake-developer-key";
        await scene.Control.PatchAsync(Subscriptions, new { active = false });
        await ContactAsync(scene.App);
        await scene.Control.PatchAsync(Subscriptions, new { active = true });
        await scene.Control.DeleteAsync("/webhooks/v3/4455/settings?hapikey=fake-developer-key");
        await ContactAsync(scene.App);

        Assert.Empty(await scene.HearAsync());
        Assert.Equal("0", (await scene.ShowAsync()).At("pending"));
    }

    [Fact]
    public async Task Too_many_waiting_events_are_thrown_away_and_counted()
    {
        await using var scene = await StartAsync("contact.creation");
        await scene.SetAsync(new { paused = true, mostWaiting = 10 });

        await CreateManyAsync(scene, 25);

        var shown = await scene.ShowAsync();
        Assert.Equal(("10", "15"), (shown.At("pending"), shown.At("discarded")));
    }

    [Fact]
    public async Task A_delay_holds_events_back()
    {
        await using var scene = await StartAsync("contact.creation");
        await scene.SetAsync(new { delayMs = 60_000 });
        await ContactAsync(scene.App);
        Assert.Equal("1", (await scene.ShowAsync()).At("pending"));

        await scene.SetAsync(new { delayMs = 0 });

        Assert.Single(await scene.HearAsync());
    }

    [Fact]
    public async Task A_reset_forgets_subscriptions_settings_and_what_waits()
    {
        await using var scene = await StartAsync("contact.creation");
        await scene.SetAsync(new { paused = true, dropShare = 0.5 });
        await ContactAsync(scene.App);

        await scene.Control.PostAsync("/_fake/reset", new { });

        var shown = await scene.ShowAsync();
        Assert.Equal(
            ("0", "False", "0", null),
            (shown.At("pending"), shown.At("settings.paused"), shown.At("settings.dropShare"), shown.At("target")));
        Assert.Empty(shown.Json.GetProperty("subscriptions").EnumerateArray());
        Assert.Equal(400, (await scene.Control.PutAsync("/_fake/webhooks/settings", new { dropShare = 2 })).Status);
    }

    [Fact]
    public async Task Stopping_does_not_wait_for_a_receiver_that_hangs()
    {
        var hang = new TaskCompletionSource<int>();
        var scene = await StartAsync("contact.creation");
        scene.Receiver.Answer = _ => hang.Task;
        await ContactAsync(scene.App);
        await Eventually.IsTrueAsync(() => scene.Receiver.AtOnce == 1, Limit, () => "no call");

        await scene.Host.DisposeAsync().AsTask()
            .WaitAsync(TimeSpan.FromSeconds(4), TestContext.Current.CancellationToken);

        hang.SetResult(200);
        await scene.DisposeAsync();
    }

    private static async Task<IReadOnlyList<long>> MisbehaveAsync()
    {
        await using var scene = await StartAsync("contact.creation");
        await scene.SetAsync(
            new { paused = true, shuffle = true, duplicateShare = 0.3, dropShare = 0.3, batchWindowMs = 0 });
        await CreateManyAsync(scene, 100);
        await scene.SetAsync(new { paused = false });
        await scene.HearAsync();
        return
        [
            .. scene.Receiver.Calls.OrderByDescending(call => call.Events.Count)
                .SelectMany(call => call.Events)
                .Select(one => one.GetProperty("objectId").GetInt64()),
        ];
    }

    private static async Task CreateManyAsync(WebhookScene scene, int count)
    {
        var inputs = Enumerable.Range(0, count).Select(_ => With(("email", Email())));
        Assert.Equal(201, (await scene.App.PostAsync($"{Contacts}/batch/create", new { inputs })).Status);
    }

    private static async Task AdvanceAsync(WebhookScene scene, int seconds) => Assert.Equal(
        200, (await scene.Control.PostAsync("/_fake/clock", new { advanceSeconds = seconds })).Status);
}
