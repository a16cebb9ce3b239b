using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>What happens over and over in these stories.</summary>
internal static class Steps
{
    /// <summary>A person makes a contact in HubSpot, a customer unless told otherwise, and a run brings it.</summary>
    public static async Task<Arrived> ArriveAsync(
        this SyncScenario scenario, string email, params (string Name, string Value)[] properties)
    {
        var id = await scenario.MakeContactAsync(email, properties);
        Assert.Equal(RunState.Done, (await scenario.RunAsync(RunDepth.Changes)).State);
        var customer = await scenario.CustomerAsync(id);
        Assert.NotNull(customer);
        return new Arrived(id, customer.Id);
    }

    public static Task<long> MakeContactAsync(
        this SyncScenario scenario, string email, params (string Name, string Value)[] properties)
    {
        var all = new Dictionary<string, string> { ["email"] = email, ["lifecyclestage"] = "customer" };
        foreach (var (name, value) in properties)
        {
            all[name] = value;
        }

        return scenario.Fake.CreateAsync("contacts", all);
    }

    /// <summary>Somebody edits a customer here, by whatever program.</summary>
    public static Task EditHereAsync(this SyncScenario scenario, Guid customer, string assignments) =>
        scenario.EditHereWhereAsync($"id = '{customer}'", assignments);

    public static Task EditHereWhereAsync(this SyncScenario scenario, string condition, string assignments) =>
        scenario.Database.ExecuteAsync($"update customers set {assignments} where {condition}");

    /// <summary>The same, and HubSpot was told whatever it had to be told.</summary>
    public static async Task EditHereAndPushAsync(this SyncScenario scenario, Guid customer, string assignments)
    {
        await scenario.EditHereAsync(customer, assignments);
        await scenario.NothingWaitsAsync();
    }

    public static Task EditThereAsync(this SyncScenario scenario, long contact, object properties) =>
        scenario.Fake.EditAsync("contacts", contact, properties);

    /// <summary>A full run that must go well.</summary>
    public static async Task<SyncRun> LookAtEverythingAsync(this SyncScenario scenario)
    {
        var run = await scenario.RunAsync();
        Assert.Equal((RunState.Done, RunDepth.Full), (run.State, run.Depth));
        return run;
    }

    /// <summary>A run over what has changed that must go well.</summary>
    public static async Task<SyncRun> LookAtChangesAsync(this SyncScenario scenario)
    {
        var run = await scenario.RunAsync(RunDepth.Changes);
        Assert.Equal((RunState.Done, RunDepth.Changes), (run.State, run.Depth));
        return run;
    }

    /// <summary>The customers that a deal is linked to.</summary>
    public static Task<List<Guid>> PeopleOfAsync(this SyncScenario scenario, long deal) =>
        scenario.QueryAsync(db => (
            from link in db.Links
            where link.Kind == RecordKind.Deal && link.HubspotId == deal
            join person in db.DealCustomers on link.LocalId equals person.DealId
            select person.CustomerId).ToListAsync());
}

/// <summary>A contact and the customer it became.</summary>
internal sealed record Arrived(long Contact, Guid Customer);
