using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>A run that looks only at what has changed.</summary>
public sealed class ChangesRunTests
{
    private static readonly string[] Watched =
        ["customers", "companies", "deals", "record_links", "record_outcomes", "record_changes", "deal_customers"];

    [Theory]
    [InlineData(30)]
    [InlineData(700)]
    public async Task Where_nothing_changed_it_asks_five_times_and_writes_nothing(int contacts)
    {
        await using var scenario = await StartAsync($"--Fake:Contacts={contacts}");
        await scenario.StagesAreCountedAsync();
        await scenario.Fake.AdvanceClockAsync(TimeSpan.FromMinutes(10));
        await scenario.RunAsync(RunDepth.Changes);
        Assert.False(await scenario.QueryAsync(db => db.Outcomes.AnyAsync(one => one.State == OutcomeState.Failing)));
        var before = await EverythingAsync(scenario);
        Requests(scenario).Reset();

        var run = await scenario.RunAsync(RunDepth.Changes);

        Assert.Equal((RunState.Done, RunDepth.Changes), (run.State, run.Depth));
        var asked = string.Join(", ", Requests(scenario).Counts.Select(one => $"{one.Method} {one.Route} {one.Count}"));
        Assert.True(Requests(scenario).Total is >= 1 and <= 5, asked);
        Assert.Equal(before, await EverythingAsync(scenario));
    }

    [Fact]
    public async Task It_brings_what_was_made_and_changed_in_HubSpot()
    {
        await using var scenario = await StartAsync("--Fake:Contacts=40");
        var known = (await FakeContacts.ReadAsync(scenario.Fake)).First(one => one["lifecyclestage"] == "customer");
        await scenario.Fake.EditAsync("contacts", known.Id, new { city = "Elsewhere" });
        var made = await scenario.Fake.CreateAsync(
            "contacts", new { email = "new@there.example", lifecyclestage = "customer" });
        var company = await scenario.Fake.CreateAsync("companies", new { name = "New Ltd", domain = "there.example" });
        await scenario.Fake.LinkAsync("contacts", made, "companies", company);

        var run = await scenario.RunAsync(RunDepth.Changes);

        Assert.Equal((RunState.Done, RunDepth.Changes), (run.State, run.Depth));
        Assert.Equal("Elsewhere", (await CustomerAsync(scenario, known.Id)).City);
        var customer = await CustomerAsync(scenario, made);
        Assert.Equal("new@there.example", customer.Email);
        Assert.NotNull(customer.CompanyId);
    }

    [Fact]
    public async Task Thousands_with_one_modified_time_are_all_found()
    {
        await using var scenario = await StartAsync();
        var at = TimeProvider.System.GetUtcNow();
        await Parallel.ForAsync(0, 450, async (number, _) => await scenario.Fake.CreateAsync(
            "contacts", new { email = $"burst{number}@x.example", lifecyclestage = "customer" }, at));

        var run = await scenario.RunAsync(RunDepth.Changes);

        Assert.Equal(RunState.Done, run.State);
        Assert.Equal(
            450, await scenario.Database.ScalarAsync<long>("select count(*) from customers where email like 'burst%'"));
    }

    [Fact]
    public async Task An_old_answer_of_the_search_takes_nothing_back()
    {
        await using var scenario = await StartAsync("--Fake:Contacts=40");
        var known = (await FakeContacts.ReadAsync(scenario.Fake)).First(one => one["lifecyclestage"] == "customer");
        await scenario.RunAsync(RunDepth.Changes);
        await scenario.Fake.EditAsync("contacts", known.Id, new { jobtitle = "Buyer" });
        await scenario.Fake.ChangeSettingsAsync(new { searchLagMs = 60_000 });
        await scenario.Database.ExecuteAsync(
            $"""
            update customers set city = 'Lund'
              where id = (select local_id from record_links where hubspot_id = {known.Id} and kind = 'Contact')
            """);
        await Eventually.SeeAsync(
            async () => (await FakeContacts.ReadAsync(scenario.Fake)).Single(one => one.Id == known.Id),
            seen => seen["city"] == "Lund",
            SyncScenario.RunLimit,
            "the push");

        await scenario.RunAsync(RunDepth.Changes);

        Assert.Equal("Lund", (await CustomerAsync(scenario, known.Id)).City);
        Assert.Equal(
            "Lund", (await FakeContacts.ReadAsync(scenario.Fake)).Single(one => one.Id == known.Id)["city"]);
    }

    [Fact]
    public async Task What_failed_gets_another_look()
    {
        await using var scenario = await StartAsync();
        await scenario.Fake.AddFaultAsync(new
        {
            kind = "status",
            status = 400,
            times = 1,
            method = "POST",
            path = "/crm/objects/2026-09/contacts/batch/upsert",
        });
        await scenario.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email)
              values (gen_random_uuid(), '{scenario.WorkspaceId}', 'again@local.example')
            """);
        await Eventually.SeeAsync(
            () => scenario.QueryAsync(db => db.Outcomes.CountAsync(one => one.State == OutcomeState.Failing)),
            failing => failing == 1,
            SyncScenario.RunLimit,
            "the failure");

        await scenario.RunAsync(RunDepth.Changes);

        await Eventually.SeeAsync(
            () => FakeContacts.ReadAsync(scenario.Fake),
            contacts => contacts.Exists(one => one["email"] == "again@local.example"),
            SyncScenario.RunLimit,
            "the second look");
    }

    [Fact]
    public async Task The_first_one_after_an_upgrade_looks_at_everything()
    {
        await using var scenario = await StartAsync();
        await scenario.Database.ExecuteAsync("update hubspot_connections set changes_since = null");

        var run = await scenario.RunAsync(RunDepth.Changes);

        Assert.Equal(RunDepth.Full, run.Depth);
    }

    private static async Task<SyncScenario> StartAsync(params string[] fake)
    {
        var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, .. fake]);
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        return scenario;
    }

    private static RequestLog Requests(SyncScenario scenario) =>
        scenario.Fake.Services.GetRequiredService<RequestLog>();

    private static Task<Customer> CustomerAsync(SyncScenario scenario, long hubSpotId) =>
        scenario.QueryAsync(db => db.Customers.AsNoTracking().SingleAsync(
            customer => db.Links.Any(link => link.LocalId == customer.Id && link.HubspotId == hubSpotId)));

    private static async Task<string> EverythingAsync(SyncScenario scenario)
    {
        var rows = await Task.WhenAll(Watched.Select(table => scenario.Database.ListAsync<string>(
            $"select t.xmin::text || to_jsonb(t) from {table} t order by 1")));
        return string.Join('\n', rows.SelectMany(table => table));
    }
}
