using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>While a large job uses HubSpot's limit, what is changed here goes out in company.</summary>
public sealed class GatheredPushTests
{
    private const int Customers = 12;

    [Fact]
    public async Task Beside_a_backfill_many_customers_share_a_call_and_looking_again_is_no_attempt()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        await scenario.StagesAreCountedAsync();
        await scenario.NothingWaitsAsync();
        await FillAsync(scenario);
        var requests = scenario.Fake.Services.GetRequiredService<RequestLog>();
        requests.Reset();

        var attempts = 0;
        for (var i = 0; i < Customers; i++)
        {
            await scenario.AddCustomerAsync($"gathered{i}@local.example");
            attempts = Math.Max(attempts, await scenario.Database.ScalarAsync<int>(
                "select coalesce(max(attempts), 0) from sync_requests"));
        }

        await scenario.NothingWaitsAsync();
        var emails = (await FakeContacts.ReadAsync(scenario.Fake)).Select(one => one["email"]).ToList();
        Assert.All(Enumerable.Range(0, Customers), i => Assert.Single(emails, $"gathered{i}@local.example"));
        Assert.InRange(requests.Total, 1, 5);
        Assert.InRange(attempts, 0, 1);
    }

    /// <summary>As a full run that reads as fast as it may.</summary>
    private static Task<bool> FillAsync(SyncScenario scenario) => scenario.WithAsync(async (services, _) =>
    {
        var budget = services.GetRequiredService<RequestBudget>();
        for (var i = 0; i < RateLimit.Burst.For(BudgetLane.Backfill).Requests; i++)
        {
            await budget.TakeAsync(scenario.Fake.PortalId, RateLimit.Burst, BudgetLane.Backfill);
        }

        return true;
    });
}
