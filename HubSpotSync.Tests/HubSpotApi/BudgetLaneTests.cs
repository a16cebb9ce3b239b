using System.Globalization;
using HubSpotSync.Core.Records;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.HubSpotApi;

/// <summary>Who goes first when there is little room, and what HubSpot's own headers change about it.</summary>
public sealed class BudgetLaneTests
{
    private static readonly ObjectQuery Contacts = new(RecordKind.Contact, ["email"], []);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_is_urgent_gets_the_next_free_place_before_a_backfill_that_waits_longer()
    {
        await using var place = await StartAsync();
        var limit = new RateLimit("narrow", 20, TimeSpan.FromSeconds(2));
        var budget = place.Client.Budget;
        var hub = Random.Shared.NextInt64(1L << 40);
        while (await budget.TakeAsync(hub, limit, BudgetLane.Push) == TimeSpan.Zero)
        {
        }

        var order = new List<string>();
        await Task.WhenAll(
            TakeAsync(BudgetLane.Backfill, "backfill"), TakeAsync(BudgetLane.Backfill, "backfill"),
            TakeAsync(BudgetLane.Push, "push"));

        Assert.Equal("push", order[0]);

        async Task TakeAsync(BudgetLane lane, string name)
        {
            while (await budget.TakeAsync(hub, limit, lane) is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, Token);
            }

            lock (order)
            {
                order.Add(name);
            }
        }
    }

    [Fact]
    public async Task The_window_is_as_wide_as_HubSpot_says_it_is()
    {
        await using var place = await StartAsync("--Fake:Tier=private-free");
        await place.ListAsync(BudgetLane.Push);

        var taken = 1;
        while (await place.TakeAsync())
        {
            taken++;
        }

        Assert.Equal(100, taken);
    }

    [Fact]
    public async Task What_somebody_else_uses_of_the_window_is_left_to_them()
    {
        await using var place = await StartAsync("--Fake:Limits=hubspot");
        for (var i = 0; i < 60; i++)
        {
            await place.ListAsync(BudgetLane.Push, place.OtherSession());
        }

        await place.ListAsync(BudgetLane.Push);

        var left = 0;
        while (await place.TakeAsync())
        {
            left++;
        }

        Assert.InRange(left, 0, 110 - 61);
    }

    [Fact]
    public async Task What_is_left_of_a_day_is_for_those_who_wait()
    {
        await using var place = await StartAsync("--Fake:Tier=private-free");
        await place.Fake.ChangeSettingsAsync(new { dailyLimit = 40 });
        for (var i = 0; i < 36; i++)
        {
            await place.ListAsync(BudgetLane.Push);
        }

        var refused = await Assert.ThrowsAsync<HubSpotRateLimitedException>(() => place.ListAsync(BudgetLane.Backfill));
        Assert.Equal("DAILY", refused.Category);
        await place.ListAsync(BudgetLane.Push);
        await place.ListAsync(BudgetLane.Person);
    }

    private static async Task<Place> StartAsync(params string[] fake)
    {
        var server = await FakeHubSpotServer.StartAsync(
            ["--Fake:Contacts=3", "--Fake:Companies=1", "--Fake:Deals=1", .. fake]);
        var client = await HubSpotClient.StartAsync(server.Url);
        return new Place(server, client);
    }

    private sealed class Place : IAsyncDisposable
    {
        public Place(FakeHubSpotServer fake, HubSpotClient client)
        {
            (Fake, Client) = (fake, client);
            Session = OtherSession();
        }

        public FakeHubSpotServer Fake { get; }

        public HubSpotClient Client { get; }

        public HubSpotSession Session { get; }

        /// <summary>The same account, and a budget that knows nothing of ours.</summary>
        public HubSpotSession OtherSession()
        {
            var token = Fake.Services.GetRequiredService<Installations>()
                .Install(Fake.PortalId, ScopeCatalog.All).AccessToken;
            return HubSpotClient.Session(new TestTokens(token));
        }

        public Task<HubSpotPage> ListAsync(BudgetLane lane, HubSpotSession? session = null) =>
            Client.Reader.ListAsync((session ?? Session) with { Lane = lane }, Contacts, null, Token);

        public async Task<bool> TakeAsync() =>
            await Client.Budget.TakeAsync(Session.HubId, RateLimit.Burst, BudgetLane.Push) == TimeSpan.Zero;

        public async ValueTask DisposeAsync()
        {
            await Client.DisposeAsync();
            await Fake.DisposeAsync();
        }
    }
}
