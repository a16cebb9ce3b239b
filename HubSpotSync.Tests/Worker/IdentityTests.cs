using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>A record stays the same record whatever HubSpot does with it.</summary>
public sealed class IdentityTests
{
    [Fact]
    public async Task What_is_archived_in_HubSpot_stays_here_detached_and_is_taken_up_again_when_it_comes_back()
    {
        await using var scenario = await StartAsync();
        var (id, customer) = await AnyAsync(scenario);
        await scenario.Fake.ArchiveAsync("contacts", id);

        await scenario.RunAsync();

        var archived = await OutcomeAsync(scenario, id);
        Assert.Equal((OutcomeState.Excluded, OutcomeReason.ArchivedInHubSpot), (archived.State, archived.Reason));
        Assert.Null((await CustomerAsync(scenario, customer)).ArchivedAt);
        await EditAsync(scenario, customer, "Lund");
        await NothingWaitsAsync(scenario);
        Assert.Equal(OutcomeReason.ArchivedInHubSpot, (await OutcomeAsync(scenario, id)).Reason);

        await scenario.Fake.RestoreAsync("contacts", id);
        await scenario.RunAsync();

        Assert.Equal(OutcomeState.InSync, (await OutcomeAsync(scenario, id)).State);
        Assert.Equal(
            "Lund", (await FakeContacts.ReadAsync(scenario.Fake)).Single(contact => contact.Id == id)["city"]);
        Assert.Single(
            await scenario.CustomersAsync(), one => one.Id == customer && one.City == "Lund");
    }

    [Theory]
    [InlineData(RunDepth.Full)]
    [InlineData(RunDepth.Changes)]
    public async Task Two_contacts_that_HubSpot_merges_become_one_customer(RunDepth depth)
    {
        await using var scenario = await StartAsync();
        var one = await MakeAsync(scenario, "one@pair.example", "One");
        var two = await MakeAsync(scenario, "two@pair.example", "Two");
        var merged = await scenario.Fake.MergeAsync("contacts", two, one);

        await scenario.RunAsync(depth);

        var pair = (await scenario.CustomersAsync())
            .Where(customer => customer.FirstName is "One" or "Two").ToList();
        var live = Assert.Single(pair, customer => customer.ArchivedAt is null);
        Assert.Equal("Two", live.FirstName);
        Assert.Equal("two@pair.example", live.Email);
        var link = await scenario.QueryAsync(db => db.Links.AsNoTracking().SingleAsync(
            known => known.LocalId == live.Id && known.Kind == RecordKind.Contact));
        Assert.Equal(merged, link.HubspotId);
        Assert.Equal(
            2,
            await scenario.Database.ScalarAsync<long>(
                $"select count(*) from link_aliases where hubspot_id = {merged}"));
        Assert.Equal(live.Id, pair.Single(customer => customer.ArchivedAt is not null).MergedInto);

        await EditAsync(scenario, live.Id, "Lund");
        await Eventually.SeeAsync(
            async () => (await FakeContacts.ReadAsync(scenario.Fake)).Single(contact => contact.Id == merged),
            seen => seen["city"] == "Lund",
            SyncScenario.RunLimit,
            "the edit in HubSpot");
    }

    [Fact]
    public async Task An_edit_of_a_customer_whose_contact_was_merged_follows_it()
    {
        await using var scenario = await StartAsync();
        var one = await MakeAsync(scenario, "one@pair.example", "One");
        var two = await MakeAsync(scenario, "two@pair.example", "Two");
        var merged = await scenario.Fake.MergeAsync("contacts", one, two);
        var customer = (await scenario.CustomersAsync()).Single(each => each.Email == "one@pair.example");

        await EditAsync(scenario, customer.Id, "Lund");

        await Eventually.SeeAsync(
            async () => (await FakeContacts.ReadAsync(scenario.Fake)).Single(contact => contact.Id == merged),
            seen => seen["city"] == "Lund",
            SyncScenario.RunLimit,
            "the edit in HubSpot");
        await NothingWaitsAsync(scenario);
        Assert.Single(await FakeContacts.ReadAsync(scenario.Fake), each => each["email"] == "one@pair.example");
    }

    [Fact]
    public async Task A_chain_of_merges_ends_at_the_last_record()
    {
        await using var scenario = await StartAsync();
        var ids = new List<long>();
        foreach (var name in (string[])["a", "b", "c"])
        {
            ids.Add(await MakeAsync(scenario, $"{name}@chain.example", name));
        }

        var first = await scenario.Fake.MergeAsync("contacts", ids[0], ids[1]);
        var last = await scenario.Fake.MergeAsync("contacts", first, ids[2]);

        await scenario.RunAsync();

        var live = (await scenario.CustomersAsync())
            .Where(each => each.ArchivedAt is null
                && each.Email?.EndsWith("@chain.example", StringComparison.Ordinal) == true);
        var link = await scenario.QueryAsync(db => db.Links.AsNoTracking().SingleAsync(
            known => known.LocalId == Assert.Single(live).Id));
        Assert.Equal(last, link.HubspotId);
    }

    /// <summary>Seen first when both has happened, their old ids look like those of somebody who was erased.</summary>
    [Fact]
    public async Task Contacts_that_were_merged_and_archived_are_not_forgotten_and_come_back_as_one()
    {
        await using var scenario = await StartAsync();
        var one = await MakeAsync(scenario, "one@hidden.example", "One");
        var two = await MakeAsync(scenario, "two@hidden.example", "Two");
        var merged = await scenario.Fake.MergeAsync("contacts", two, one);
        await scenario.Fake.ArchiveAsync("contacts", merged);

        await EditAsync(scenario, await LocalIdAsync(scenario, one), "Lund");
        await NothingWaitsAsync(scenario);
        await scenario.RunAsync();

        Assert.Equal(OutcomeReason.ArchivedInHubSpot, (await OutcomeAsync(scenario, one)).Reason);
        Assert.Equal(OutcomeReason.ArchivedInHubSpot, (await OutcomeAsync(scenario, two)).Reason);
        var pair = (await scenario.CustomersAsync()).Where(each => each.FirstName is "One" or "Two").ToList();
        Assert.Equal(["one@hidden.example", "two@hidden.example"], pair.Select(each => each.Email).Order());

        await scenario.Fake.RestoreAsync("contacts", merged);
        await scenario.RunAsync();

        var live = Assert.Single(
            await scenario.CustomersAsync(),
            each => each.FirstName is "One" or "Two" && each.ArchivedAt is null);
        Assert.Equal("two@hidden.example", live.Email);
        Assert.Equal(OutcomeState.InSync, (await OutcomeAsync(scenario, merged)).State);
    }

    [Fact]
    public async Task An_address_that_changes_keeps_the_link()
    {
        await using var scenario = await StartAsync();
        var id = await MakeAsync(scenario, "before@x.example", "Same");
        await scenario.Fake.EditAsync("contacts", id, new { email = "after@x.example" });

        await scenario.RunAsync(RunDepth.Changes);

        var customer = Assert.Single(await scenario.CustomersAsync(), one => one.FirstName == "Same");
        Assert.Equal("after@x.example", customer.Email);
    }

    [Theory]
    [InlineData("Same@X.example ", "same@x.example")]
    [InlineData("same@x.example", "same@x.example")]
    public async Task Both_sides_make_the_same_address_and_it_is_one_person(string here, string there)
    {
        await using var scenario = await StartAsync();
        var made = scenario.Fake.CreateAsync(
            "contacts", new { email = there, firstname = "There", lifecyclestage = "customer" });
        await scenario.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email, first_name)
              values (gen_random_uuid(), '{scenario.WorkspaceId}', '{here}', 'Here')
            """);
        await made;
        await NothingWaitsAsync(scenario);

        await scenario.RunAsync(RunDepth.Changes);

        await NothingWaitsAsync(scenario);
        var customer = Assert.Single(
            await scenario.CustomersAsync(), one => one.Email?.Trim().ToLowerInvariant() == "same@x.example");
        var contact = Assert.Single(
            await FakeContacts.ReadAsync(scenario.Fake), one => one["email"] == "same@x.example");
        Assert.Equal(customer.FirstName, contact["firstname"]);
        Assert.Equal(1, await scenario.QueryAsync(db => db.Links.CountAsync(link => link.LocalId == customer.Id)));
    }

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, "--Fake:Contacts=20"]);
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        return scenario;
    }

    /// <summary>A contact in HubSpot that has come here.</summary>
    private static async Task<long> MakeAsync(SyncScenario scenario, string email, string firstName)
    {
        var id = await scenario.Fake.CreateAsync(
            "contacts", new { email, firstname = firstName, lifecyclestage = "customer" });
        await scenario.RunAsync(RunDepth.Changes);
        Assert.Contains(await scenario.CustomersAsync(), customer => customer.Email == email);
        return id;
    }

    private static async Task<(long HubSpotId, Guid LocalId)> AnyAsync(SyncScenario scenario)
    {
        var link = await scenario.QueryAsync(db => db.Links.AsNoTracking().FirstAsync(
            known => known.Kind == RecordKind.Contact
                && db.Customers.Any(customer => customer.Id == known.LocalId && customer.Email != null)));
        return (link.HubspotId, link.LocalId);
    }

    private static Task<Guid> LocalIdAsync(SyncScenario scenario, long hubSpotId) =>
        scenario.QueryAsync(db => db.Links.Where(link => link.HubspotId == hubSpotId && link.Kind == RecordKind.Contact)
            .Select(link => link.LocalId)
            .SingleAsync());

    private static Task EditAsync(SyncScenario scenario, Guid customer, string city) =>
        scenario.Database.ExecuteAsync($"update customers set city = '{city}' where id = '{customer}'");

    private static Task<Customer> CustomerAsync(SyncScenario scenario, Guid id) =>
        scenario.QueryAsync(db => db.Customers.AsNoTracking().SingleAsync(customer => customer.Id == id));

    private static Task<RecordOutcome> OutcomeAsync(SyncScenario scenario, long hubSpotId) =>
        scenario.QueryAsync(db => db.Outcomes.AsNoTracking().SingleAsync(
            outcome => outcome.HubspotId == hubSpotId && outcome.Kind == RecordKind.Contact));

    private static Task<long> NothingWaitsAsync(SyncScenario scenario) => Eventually.SeeAsync(
        () => scenario.Database.ScalarAsync<long>("select count(*) from sync_requests"),
        waiting => waiting == 0,
        SyncScenario.RunLimit,
        "no request to wait");
}
