using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>What looks like an accident stops before anything is written, until a person says it is meant.</summary>
public sealed class SafetyTests
{
    private const int Contacts = 40;

    [Fact]
    public async Task A_column_that_was_emptied_in_HubSpot_empties_nothing_here_until_somebody_wants_it()
    {
        await using var scenario = await StartAsync();
        foreach (var contact in await FakeContacts.ReadAsync(scenario.Fake))
        {
            await scenario.Fake.EditAsync("contacts", contact.Id, new { city = "" });
        }

        var stopped = await scenario.RunAsync();

        Assert.Equal(RunState.Failed, stopped.State);
        Assert.Contains("would lose City", stopped.LastError, StringComparison.Ordinal);
        Assert.All(await scenario.CustomersAsync(), customer => Assert.NotNull(customer.City));
        var halt = await scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync());
        Assert.Contains("would lose City", halt.SafetyHalt, StringComparison.Ordinal);

        await GoAheadAsync(scenario);
        Assert.Equal(RunState.Done, (await scenario.RunAsync()).State);
        Assert.All(await scenario.CustomersAsync(), customer => Assert.Null(customer.City));
    }

    [Fact]
    public async Task A_column_that_was_emptied_here_empties_nothing_in_HubSpot()
    {
        await using var scenario = await StartAsync();

        await scenario.Database.ExecuteAsync("update customers set city = null");

        await Eventually.SeeAsync(
            () => scenario.Database.ScalarAsync<long>("select count(*) from sync_requests where parked_at is not null"),
            parked => parked >= Contacts / 2,
            SyncScenario.RunLimit,
            "the requests to be put aside");
        var kept = (await FakeContacts.ReadAsync(scenario.Fake)).Count(contact => contact["city"] is not null);
        Assert.True(kept >= Contacts / 2, $"only {kept} of {Contacts} contacts kept their city");
    }

    [Fact]
    public async Task An_account_that_was_emptied_detaches_nobody_here()
    {
        await using var scenario = await StartAsync();
        foreach (var contact in await FakeContacts.ReadAsync(scenario.Fake))
        {
            await scenario.Fake.ArchiveAsync("contacts", contact.Id);
        }

        var stopped = await scenario.RunAsync();

        Assert.Equal(RunState.Failed, stopped.State);
        Assert.Contains("not in HubSpot any more", stopped.LastError, StringComparison.Ordinal);
        Assert.Equal(0, await scenario.QueryAsync(
            db => db.Links.CountAsync(link => link.Kind == RecordKind.Contact && link.DetachedAt != null)));
    }

    /// <summary>As the portal's button does it.</summary>
    private static Task GoAheadAsync(SyncScenario scenario) => scenario.Database.ExecuteAsync(
        "update hubspot_connections set safety_halt = null, safety_open_until = now() + interval '1 hour'");

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, "--Fake:Contacts=0"]);
        for (var i = 0; i < Contacts; i++)
        {
            await scenario.Fake.CreateAsync(
                "contacts",
                new { email = $"c{i}@safe.example", firstname = $"C{i}", city = "Graz", lifecyclestage = "customer" });
        }

        await scenario.ConnectAsync();
        await scenario.RunAsync();
        return scenario;
    }
}
