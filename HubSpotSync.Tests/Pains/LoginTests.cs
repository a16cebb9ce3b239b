using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>Logins that break in the middle, and permissions without which everything stops.</summary>
public sealed class LoginTests
{
    [Fact]
    public async Task A_token_that_ends_in_the_middle_of_a_run_is_renewed_once()
    {
        await using var scenario = await SyncScenario.StartAsync(
            "--Fake:Contacts=1200", "--Fake:Companies=5", "--Fake:Deals=5", "--Fake:Limits=off", "--Fake:LatencyMs=40");
        await scenario.ConnectAsync();
        await scenario.StagesAreCountedAsync();
        scenario.Requests().Reset();
        var run = await scenario.RequestRunAsync();
        await Eventually.SeeAsync(
            () => scenario.ReadRunAsync(run.Id),
            seen => seen.Processed > 300,
            SyncScenario.RunLimit,
            "the run to be under way");

        await scenario.ExpireTokensAsync();
        var end = await scenario.WaitForEndAsync(run.Id);

        Assert.Equal((RunState.Done, 0), (end.State, end.Failed));
        Assert.Equal(1, scenario.Requests().CountOf("POST", FakeSteering.TokenRoute));
        Assert.Contains(scenario.Requests().Counts, call => call.Status == 401); // it did end
    }

    [Fact]
    public async Task A_missing_optional_permission_leaves_the_rest_working()
    {
        await using var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, "--Fake:Contacts=30"]);
        await scenario.ConnectAsync();
        await scenario.RemoveScopesAsync("crm.schemas.contacts.write", "crm.lists.read");

        await scenario.LookAtEverythingAsync();
        var person = await scenario.ArriveAsync("comes@login.example");
        await scenario.EditHereAndPushAsync(person.Customer, "city = 'Graz'");
        await scenario.AddCustomerAsync("goes@login.example");
        await scenario.NothingWaitsAsync();

        Assert.Equal("Graz", (await scenario.ContactAsync(person.Contact))["city"]);
        Assert.Single(await FakeContacts.ReadAsync(scenario.Fake), one => one["email"] == "goes@login.example");
        Assert.Equal(
            ConnectionState.Connected,
            await scenario.QueryAsync(db => db.Connections.Select(one => one.State).SingleAsync()));
    }
}
