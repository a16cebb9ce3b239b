using System.Collections.Concurrent;
using System.Diagnostics;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.LocalStack.Processes;
using HubSpotSync.LocalStack.Servers;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.Extensions.Logging;
using StackExchange.Redis;

namespace HubSpotSync.Tests.HubSpotApi;

public sealed class RequestBudgetTests
{
    private static readonly RateLimit Small = new("small", 11, TimeSpan.FromMilliseconds(400));
    private static readonly RateLimit Wide = new("wide", 8, TimeSpan.FromSeconds(10));
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);
    private static long _lastHub = 900_000;

    private readonly long _hub = Interlocked.Increment(ref _lastHub);
    private readonly CapturedLog _log = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Three_processes_together_never_send_more_than_the_limit_in_any_window()
    {
        var redis = (await Servers.RedisAsync()).ConnectionString;
        var sent = new ConcurrentBag<(long Before, long After)>();
        var end = Stopwatch.GetTimestamp() + (2 * Stopwatch.Frequency);

        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(async () =>
        {
            var budget = await BudgetAsync(redis);
            while (Stopwatch.GetTimestamp() < end)
            {
                var before = Stopwatch.GetTimestamp();
                var wait = await budget.TakeAsync(_hub, Small, BudgetLane.Push);
                if (wait == TimeSpan.Zero)
                {
                    sent.Add((before, Stopwatch.GetTimestamp()));
                }
                else
                {
                    await Task.Delay(wait, Token);
                }
            }
        })));

        // Each was counted somewhere between its two times, so twelve of them must span a window at their widest.
        var ordered = sent.OrderBy(one => one.After).ToList();
        Assert.True(ordered.Count > 3 * Small.Requests, $"only {ordered.Count} were let through");
        for (var i = 0; i + Small.Requests < ordered.Count; i++)
        {
            var started = ordered.Skip(i).Take(Small.Requests + 1).Min(one => one.Before);
            var widest = ordered[i + Small.Requests].After - started;
            Assert.True(Stopwatch.GetElapsedTime(0, widest) >= Small.Window - TimeSpan.FromMilliseconds(2));
        }
    }

    [Fact]
    public async Task What_HubSpot_told_one_process_holds_for_all_and_for_that_account_and_limit_only()
    {
        var redis = (await Servers.RedisAsync()).ConnectionString;
        var (first, second) = (await BudgetAsync(redis), await BudgetAsync(redis));

        await first.BlockAsync(_hub, Wide, TimeSpan.FromSeconds(5));

        Assert.InRange(
            await second.TakeAsync(_hub, Wide, BudgetLane.Push), TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5));
        Assert.Equal(TimeSpan.Zero, await second.TakeAsync(_hub, Small, BudgetLane.Push));
        Assert.Equal(TimeSpan.Zero, await second.TakeAsync(Interlocked.Increment(ref _lastHub), Wide, BudgetLane.Push));
    }

    [Fact]
    public void A_backfill_leaves_room_for_those_before_it() => Assert.Equal(
        (105, 110, 110, 5),
        (RateLimit.Burst.For(BudgetLane.Backfill).Requests, RateLimit.Burst.For(BudgetLane.Person).Requests,
            RateLimit.Burst.For(BudgetLane.Push).Requests, RateLimit.Search.For(BudgetLane.Backfill).Requests));

    [Fact]
    public void Our_windows_are_no_shorter_than_HubSpots() => Assert.Equal(
        (110, true, 5, true),
        (RateLimit.Burst.Requests, RateLimit.Burst.Window >= TimeSpan.FromSeconds(10),
            RateLimit.Search.Requests, RateLimit.Search.Window >= TimeSpan.FromSeconds(1)));

    [Fact]
    public async Task A_place_is_counted_from_the_answer_on_for_HubSpot_may_have_counted_it_as_late_as_that()
    {
        var budget = await BudgetAsync((await Servers.RedisAsync()).ConnectionString);
        var one = new RateLimit("one", 1, TimeSpan.FromSeconds(10));
        var place = RequestBudget.NewPlace(BudgetLane.Push);
        await budget.TakeAsync(_hub, one, BudgetLane.Push, place);
        var untilAnswer = await Eventually.SeeAsync(
            () => budget.TakeAsync(_hub, one, BudgetLane.Push),
            wait => wait < one.Window - TimeSpan.FromSeconds(2), // well before what a busy machine takes below
            one.Window,
            "the request to be on its way for a while");

        await budget.AnsweredAsync(_hub, one, place);

        Assert.InRange(await budget.TakeAsync(_hub, one, BudgetLane.Push), untilAnswer.Add(Short), one.Window);
        await budget.AnsweredAsync(_hub, one, RequestBudget.NewPlace(BudgetLane.Push)); // that the log does not know
        Assert.Equal(1, await budget.CountAsync(_hub, one));
    }

    [Fact]
    public async Task A_request_whose_sender_may_have_died_is_counted_from_a_little_later_on()
    {
        var budget = await BudgetAsync((await Servers.RedisAsync()).ConnectionString);
        var one = new RateLimit("one", 1, TimeSpan.FromSeconds(100));
        var place = RequestBudget.NewPlace(BudgetLane.Backfill);
        await budget.TakeAsync(_hub, one, BudgetLane.Backfill, place);

        Assert.InRange(
            await budget.TakeAsync(_hub, one, BudgetLane.Backfill), one.Window + Short, one.Window * 1.1);

        await budget.AnsweredAsync(_hub, one, place);
        Assert.InRange(await budget.TakeAsync(_hub, one, BudgetLane.Backfill), one.Window / 2, one.Window);
    }

    [Fact]
    public async Task Without_Redis_a_process_keeps_to_a_quarter_of_any_window_by_its_own_clock()
    {
        var clock = new ManualTimeProvider();
        var budget = await BudgetAsync($"localhost:{FreePort.Any()},connectTimeout=100", clock);

        Assert.Equal(TimeSpan.Zero, await budget.TakeAsync(_hub, Wide, BudgetLane.Push));
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.Zero, await budget.TakeAsync(_hub, Wide, BudgetLane.Push));
        Assert.Equal(TimeSpan.FromSeconds(6), await budget.TakeAsync(_hub, Wide, BudgetLane.Push));
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.Zero, await budget.TakeAsync(_hub, Wide, BudgetLane.Push));
        Assert.Equal(TimeSpan.FromSeconds(4), await budget.TakeAsync(_hub, Wide, BudgetLane.Push));
        Assert.Equal(TimeSpan.Zero, await budget.TakeAsync(_hub + 1_000_000, Wide, BudgetLane.Push));
        await budget.BlockAsync(_hub, Wide, TimeSpan.FromMinutes(1));
        clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal(TimeSpan.FromSeconds(1), await budget.TakeAsync(_hub, Wide, BudgetLane.Push));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimeSpan.Zero, await budget.TakeAsync(_hub, Wide, BudgetLane.Push));
        Assert.False(budget.IsShared);
    }

    [Fact]
    public async Task A_Redis_that_dies_and_comes_back_is_said_once_each_and_what_was_sent_before_still_counts()
    {
        await using var redis = await RedisServer.StartAsync(Servers.Folder("redis"), Token);
        var budget = await BudgetAsync(redis.ConnectionString);
        for (var i = 0; i < 4; i++)
        {
            Assert.Equal(TimeSpan.Zero, await budget.TakeAsync(_hub, Wide, BudgetLane.Push));
        }

        await redis.KillAsync();

        // Half of it went out in this window already.
        Assert.NotEqual(TimeSpan.Zero, await budget.TakeAsync(_hub, Wide, BudgetLane.Push));
        Assert.Equal(TimeSpan.Zero, await budget.TakeAsync(_hub + 1_000_000, Wide, BudgetLane.Push));
        await redis.StartAgainAsync(Token);
        await Eventually.BeTrueAsync(
            async () =>
            {
                await budget.TakeAsync(_hub + 2_000_000, Wide, BudgetLane.Push);
                return budget.IsShared;
            },
            TimeSpan.FromSeconds(30), "the shared budget to be used again");
        await budget.TakeAsync(_hub + 3_000_000, Wide, BudgetLane.Push);
        Assert.Single(_log.Lines, line => line.Contains("Redis is away", StringComparison.Ordinal));
        Assert.Single(_log.Lines, line => line.Contains("Redis is back", StringComparison.Ordinal));
    }

    private async Task<RequestBudget> BudgetAsync(string redis, TimeProvider? clock = null)
    {
        var options = ConfigurationOptions.Parse(redis);
        options.AbortOnConnectFail = false;
        var connection = await ConnectionMultiplexer.ConnectAsync(options);
        var loggers = LoggerFactory.Create(logging => logging.AddProvider(_log));
        return new RequestBudget(
            connection, clock ?? TimeProvider.System, loggers.CreateLogger<RequestBudget>());
    }
}
