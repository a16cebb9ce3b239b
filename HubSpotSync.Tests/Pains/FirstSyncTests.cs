using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>A first sync that floods the account and fires its automation.</summary>
public sealed class FirstSyncTests
{
    [Fact]
    public async Task Under_review_the_first_sync_creates_nothing_in_HubSpot_and_writes_nothing_there()
    {
        await using var scenario = await StartAsync();
        await scenario.AddCustomerAsync("only@here.example", "Only here");
        await scenario.ConnectAsync();
        await scenario.ChangeRulesAsync(connection => connection.IsUnderReview = true);
        var before = await scenario.DumpAsync();

        await scenario.LookAtEverythingAsync();
        await scenario.NothingWaitsAsync();

        Assert.Equal(before, await scenario.DumpAsync());
        Assert.Empty(scenario.Writes());
        Assert.Single(await scenario.CustomersAsync()); // and nothing came either
        Assert.All(
            await scenario.QueryAsync(db => db.Outcomes.AsNoTracking().Where(one => one.LocalId == null).ToListAsync()),
            outcome => Assert.NotEqual(OutcomeState.InSync, outcome.State));
    }

    [Fact]
    public async Task The_first_sync_touches_no_contact_that_says_the_same()
    {
        await using var scenario = await StartAsync();
        var known = (await FakeContacts.ReadAsync(scenario.Fake))
            .First(contact => contact["lifecyclestage"] == "customer" && contact["email"] is not null);
        await scenario.AddCustomerAsync($" {known["email"]!.ToUpperInvariant()}", known["lastname"]);
        await scenario.ConnectAsync();
        var before = await ModifiedAsync(scenario);

        var run = await scenario.LookAtEverythingAsync();

        Assert.Equal((1, 0, 0), (run.Linked, run.Pushed, run.Failed));
        Assert.Equal(before, await ModifiedAsync(scenario));
        Assert.DoesNotContain(
            scenario.Writes(), call => call.Route.StartsWith(FakeSteering.ListRoute, StringComparison.Ordinal));
    }

    private static Task<SyncScenario> StartAsync() => SyncScenario.StartAsync(
        "--Fake:Contacts=60", "--Fake:Companies=5", "--Fake:Deals=5", "--Fake:Limits=off");

    private static async Task<List<(long, string?)>> ModifiedAsync(SyncScenario scenario) =>
    [
        .. (await FakeContacts.ReadAsync(scenario.Fake)).Select(contact => (contact.Id, contact["lastmodifieddate"])),
    ];
}
