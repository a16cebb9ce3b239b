using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.Extensions.Logging.Abstractions;
using StackExchange.Redis;

namespace HubSpotSync.Tests.HubSpotApi;

/// <summary>How a window is shared by those who look at all there is and those who bring news.</summary>
public sealed class GatheringTests
{
    private static readonly RateLimit Burst = RateLimit.Burst with { Window = TimeSpan.FromMinutes(1) };
    private static readonly RateLimit Short = new("short", 20, TimeSpan.FromSeconds(2));
    private static long _lastHub = 1_900_000;

    private readonly long _hub = Interlocked.Increment(ref _lastHub);

    [Fact]
    public async Task Who_has_the_window_alone_never_gathers()
    {
        var budget = await BudgetAsync();
        for (var i = 0; i < Burst.Requests; i++)
        {
            Assert.Equal(TimeSpan.Zero, await budget.GatherAsync(_hub, Burst, 1));
            Assert.Equal(TimeSpan.Zero, await budget.TakeAsync(_hub, Burst, BudgetLane.Push));
        }
    }

    [Fact]
    public async Task The_first_news_beside_a_backfill_goes_at_once_and_the_next_waits_for_company()
    {
        var budget = await BudgetAsync();
        Assert.Equal(70, await FillAsync(budget, BudgetLane.Backfill, 70));

        var first = await budget.GatherAsync(_hub, Burst, 1);
        var second = await budget.GatherAsync(_hub, Burst, 1);
        var larger = await budget.GatherAsync(_hub, Burst, 2);

        // At the pace of these 70 the others will have all that may be theirs: 11 in a minute are left.
        Assert.Equal(TimeSpan.Zero, first);
        Assert.InRange(second, Burst.Window / 11 * 0.8, Burst.Window / 11);
        Assert.InRange(larger, Burst.Window / 11 * 1.8, Burst.Window / 11 * 2);
    }

    [Fact]
    public async Task The_last_places_are_made_to_last_until_more_are_free()
    {
        var budget = await BudgetAsync();
        Assert.Equal(105, await FillAsync(budget, BudgetLane.Backfill, 105));
        await budget.GatherAsync(_hub, Burst, 1);

        var wait = await budget.GatherAsync(_hub, Burst, 1);

        Assert.InRange(wait, Burst.Window / 6 * 0.8, Burst.Window / 6); // five are free, the next ones in a minute
    }

    [Fact]
    public async Task A_backfill_that_is_alone_takes_all_there_is_at_once()
    {
        var budget = await BudgetAsync();

        Assert.Equal(Burst.Requests, await FillAsync(budget, BudgetLane.Backfill, 200));
    }

    [Fact]
    public async Task A_backfill_leaves_a_tenth_to_whoever_brings_news()
    {
        var budget = await BudgetAsync();
        Assert.Equal(99, await FillAsync(budget, BudgetLane.Backfill, 99));
        Assert.Equal(1, await FillAsync(budget, BudgetLane.Push, 1));

        Assert.Equal(0, await FillAsync(budget, BudgetLane.Backfill, 1));

        Assert.Equal(10, await FillAsync(budget, BudgetLane.Push, 200));
    }

    [Fact]
    public async Task Beside_news_a_backfill_goes_one_by_one()
    {
        var budget = await BudgetAsync();
        Assert.Equal(1, await FillAsync(budget, BudgetLane.Push, 1));
        Assert.Equal(1, await FillAsync(budget, BudgetLane.Backfill, 200));

        var wait = await budget.TakeAsync(_hub, Burst, BudgetLane.Backfill);

        Assert.InRange(wait, Burst.Window / 105 * 0.1, Burst.Window / 105);
    }

    [Fact]
    public async Task Somebody_who_waits_for_a_window_that_is_forgotten_by_then_keeps_nobody_from_sharing_it()
    {
        var budget = await BudgetAsync();
        await FillAsync(budget, BudgetLane.Push, 1);
        await FillAsync(budget, BudgetLane.Backfill, 2); // one goes, one waits
        using var redis = await ConnectionMultiplexer.ConnectAsync((await Servers.RedisAsync()).ConnectionString);
        Assert.True(await redis.GetDatabase().KeyDeleteAsync($"hubspot:{{{_hub}}}:burst"));

        var wait = await budget.GatherAsync(_hub, Burst, 1);

        Assert.Equal(TimeSpan.Zero, wait);
        Assert.True(budget.IsShared, "one error of the script, and everybody goes on at a quarter of the limit");
    }

    [Fact]
    public async Task News_that_never_ends_keeps_its_distance_and_the_backfill_most_of_the_window()
    {
        var budget = await BudgetAsync();
        var taken = new Dictionary<BudgetLane, int> { [BudgetLane.Push] = 0, [BudgetLane.Backfill] = 0 };

        // News alone would have the whole window, so the backfill comes first.
        Assert.Equal(TimeSpan.Zero, await budget.TakeAsync(_hub, Short, BudgetLane.Backfill));
        var news = RepeatAsync(BudgetLane.Push, async () => await budget.GatherAsync(_hub, Short, 1));
        await RepeatAsync(BudgetLane.Backfill, () => Task.FromResult(TimeSpan.Zero));
        await news;

        // On a busy machine a backfill wakes late and leaves more to the news: only who has more is certain.
        Assert.InRange(taken[BudgetLane.Push], 3, taken[BudgetLane.Backfill] - 1);

        async Task RepeatAsync(BudgetLane lane, Func<Task<TimeSpan>> gather)
        {
            while (taken[BudgetLane.Backfill] < 50)
            {
                var wait = await gather();
                wait = wait > TimeSpan.Zero ? wait : await budget.TakeAsync(_hub, Short, lane);
                if (wait > TimeSpan.Zero)
                {
                    await Task.Delay(wait, TestContext.Current.CancellationToken);
                }
                else
                {
                    taken[lane]++;
                }
            }
        }
    }

    private async Task<int> FillAsync(RequestBudget budget, BudgetLane lane, int most)
    {
        var taken = 0;
        while (taken < most && await budget.TakeAsync(_hub, Burst, lane) == TimeSpan.Zero)
        {
            taken++;
        }

        return taken;
    }

    private static async Task<RequestBudget> BudgetAsync() => new(
        await ConnectionMultiplexer.ConnectAsync((await Servers.RedisAsync()).ConnectionString),
        TimeProvider.System,
        NullLogger<RequestBudget>.Instance);
}
