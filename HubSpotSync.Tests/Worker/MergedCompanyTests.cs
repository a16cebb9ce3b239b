using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>What the sync does with companies, and with customers of deals, that a person merged here.</summary>
public sealed class MergedCompanyTests
{
    [Fact]
    public async Task Where_both_are_linked_the_other_stays_in_HubSpot_and_takes_nobody_back()
    {
        await using var scenario = await StartAsync();
        var (stays, goes) = (await MakeAsync(scenario, "Stays"), await MakeAsync(scenario, "Goes"));
        var contact = await AddContactAsync(scenario, goes);
        var deal = await scenario.Fake.CreateAsync(
            "deals", new { dealname = "Big", pipeline = "default", dealstage = "closedwon" });
        await scenario.Fake.LinkAsync("deals", deal, "companies", goes);
        await scenario.RunAsync();
        var survivor = await IdAsync(scenario, "Stays");

        Assert.Equal(MergeAnswer.Merged, await MergeAsync(scenario, survivor, await IdAsync(scenario, "Goes")));
        await scenario.NothingWaitsAsync();
        await scenario.Fake.EditAsync("companies", goes, new { city = "Elsewhere" });
        await scenario.Fake.EditAsync("contacts", contact, new { city = "Elsewhere" });
        await scenario.Fake.EditAsync("deals", deal, new { amount = 12 });
        await scenario.RunAsync();
        await scenario.RunAsync();

        var outcome = await scenario.OutcomeAsync(goes, RecordKind.Company);
        Assert.Equal((OutcomeState.Excluded, OutcomeReason.MergedHere), (outcome.State, outcome.Reason));
        Assert.Equal(survivor, (await scenario.CustomerAsync(contact))!.CompanyId); // it is linked
        Assert.Equal("Elsewhere", (await scenario.CustomerAsync(contact))!.City); // likewise
        var looked = await scenario.QueryAsync(db => db.Deals.SingleAsync(row => row.Name == "Big"));
        Assert.Equal((12m, survivor), (looked.Amount, looked.CompanyId));
        Assert.Equal(["Goes", "Stays"], await NamesThereAsync(scenario, stays, goes));
        Assert.Equal(1L, await LiveAsync(scenario, "Stays", "Goes"));
    }

    [Fact]
    public async Task Whoever_merges_the_two_in_HubSpot_as_well_finds_one_linked_company_on_both_sides()
    {
        await using var scenario = await StartAsync();
        var (stays, goes) = (await MakeAsync(scenario, "Stays"), await MakeAsync(scenario, "Goes"));
        var contact = await AddContactAsync(scenario, goes);
        await scenario.RunAsync();
        var survivor = await IdAsync(scenario, "Stays");
        await MergeAsync(scenario, survivor, await IdAsync(scenario, "Goes"));
        await scenario.NothingWaitsAsync();

        var merged = await scenario.Fake.MergeAsync("companies", goes, stays);
        await scenario.Fake.EditAsync("companies", merged, new { name = "Together" });
        await scenario.RunAsync();

        Assert.Equal(
            survivor,
            await scenario.Database.ScalarAsync<Guid>(
                $"select local_id from record_links where kind = 'Company' and hubspot_id = {merged}"));
        Assert.Equal(survivor, await IdAsync(scenario, "Together"));
        Assert.Equal(survivor, (await scenario.CustomerAsync(contact))!.CompanyId); // it is linked
        Assert.Equal(1L, await LiveAsync(scenario, "Stays", "Goes", "Together"));
    }

    [Fact]
    public async Task The_link_moves_to_the_one_that_stays_and_brings_what_HubSpot_says()
    {
        await using var scenario = await StartAsync();
        var there = await MakeAsync(scenario, "Linked");
        var contact = await AddContactAsync(scenario, there);
        await scenario.RunAsync();
        var survivor = await AddLocalAsync(scenario, "Ours");
        var linked = await IdAsync(scenario, "Linked");

        Assert.Equal(MergeAnswer.Merged, await MergeAsync(scenario, survivor, linked, "domain"));
        Assert.Equal(MergeAnswer.AlreadyDone, await MergeAsync(scenario, survivor, linked));
        Assert.Equal(MergeAnswer.Archived, await MergeAsync(scenario, linked, survivor));
        await scenario.NothingWaitsAsync();
        await scenario.Fake.EditAsync("companies", there, new { city = "Graz" });
        await scenario.RunAsync();
        var again = await scenario.RunAsync();

        var kept = await scenario.QueryAsync(db => db.Companies.SingleAsync(row => row.Id == survivor));
        Assert.Equal(("Linked", "linked.example", "Graz"), (kept.Name, kept.Domain, kept.City));
        Assert.Equal(survivor, (await scenario.CustomerAsync(contact))!.CompanyId); // it is linked
        Assert.Equal(0, again.Created + again.Updated);
        Assert.Equal(1L, await LiveAsync(scenario, "Ours", "Linked"));
    }

    [Fact]
    public async Task A_name_in_a_contact_does_not_bring_a_merged_company_back()
    {
        await using var scenario = await StartAsync();
        var contact = await scenario.Fake.CreateAsync(
            "contacts", new { email = "one@merged.example", company = "Acme Corp", lifecyclestage = "customer" });
        var stays = await MakeAsync(scenario, "Acme Corporation");
        await scenario.RunAsync();
        var survivor = await IdAsync(scenario, "Acme Corporation");

        await MergeAsync(scenario, survivor, await IdAsync(scenario, "Acme Corp"));
        Assert.Equal( // nobody here has chosen it
            "text", await scenario.Database.ScalarAsync<string>("select company_by from customers"));
        var late = await scenario.Fake.CreateAsync(
            "contacts", new { email = "late@merged.example", company = "ACME corp", lifecyclestage = "customer" });
        await scenario.Fake.EditAsync("contacts", contact, new { city = "Graz" });
        await scenario.RunAsync();

        Assert.Equal(survivor, (await scenario.CustomerAsync(contact))!.CompanyId); // both are linked
        Assert.Equal(survivor, (await scenario.CustomerAsync(late))!.CompanyId);
        Assert.Equal(1L, await LiveAsync(scenario, "Acme Corp", "Acme Corporation", "ACME corp"));
        Assert.Equal(["Acme Corporation"], await NamesThereAsync(scenario, stays));
    }

    [Fact]
    public async Task What_was_merged_twice_leads_to_the_last_one()
    {
        await using var scenario = await StartAsync();
        var (first, second, third) = (
            await MakeAsync(scenario, "First"), await MakeAsync(scenario, "Second"),
            await MakeAsync(scenario, "Third"));
        var contact = await AddContactAsync(scenario, first);
        await scenario.RunAsync();
        var last = await IdAsync(scenario, "Third");

        await MergeAsync(scenario, await IdAsync(scenario, "Second"), await IdAsync(scenario, "First"));
        await MergeAsync(scenario, last, await IdAsync(scenario, "Second"));
        await scenario.Fake.EditAsync("contacts", contact, new { city = "Graz" });
        await scenario.RunAsync();

        Assert.Equal(last, (await scenario.CustomerAsync(contact))!.CompanyId); // it is linked
        Assert.Equal(["First", "Second", "Third"], await NamesThereAsync(scenario, first, second, third));
    }

    [Fact]
    public async Task A_deal_keeps_the_customer_into_whom_its_contact_was_merged()
    {
        await using var scenario = await StartAsync();
        var (stays, goes) = (
            await AddContactAsync(scenario, null, "stays"), await AddContactAsync(scenario, null, "goes"));
        var deal = await scenario.Fake.CreateAsync(
            "deals", new { dealname = "Big", pipeline = "default", dealstage = "closedwon" });
        await scenario.Fake.LinkAsync("deals", deal, "contacts", goes);
        await scenario.RunAsync();
        var survivor = (await scenario.CustomerAsync(stays))!.Id; // both are linked
        var other = (await scenario.CustomerAsync(goes))!.Id;

        await scenario.WithAsync((_, db) => new RecordMerge(db, TimeProvider.System).MergeAsync(
            RecordKind.Contact, survivor, other, new HashSet<string>(), TestContext.Current.CancellationToken));
        await scenario.Fake.EditAsync("deals", deal, new { amount = 12 });
        await scenario.RunAsync();

        Assert.Equal(
            survivor, await scenario.Database.ScalarAsync<Guid>("select customer_id from deal_customers"));
    }

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync(
            "--Fake:Contacts=0", "--Fake:Companies=0", "--Fake:Deals=0", "--Fake:Limits=off");
        await scenario.ConnectAsync();
        return scenario;
    }

    private static Task<long> MakeAsync(SyncScenario scenario, string name) => scenario.Fake.CreateAsync(
        "companies", new { name, domain = $"{name.Replace(' ', '-').ToLowerInvariant()}.example" });

    private static async Task<long> AddContactAsync(SyncScenario scenario, long? company, string name = "one")
    {
        var contact = await scenario.Fake.CreateAsync(
            "contacts", new { email = $"{name}@merged.example", lifecyclestage = "customer" });
        if (company is { } known)
        {
            await scenario.Fake.LinkAsync("contacts", contact, "companies", known);
        }

        return contact;
    }

    private static async Task<Guid> AddLocalAsync(SyncScenario scenario, string name)
    {
        await scenario.Database.ExecuteAsync(
            $"""
            insert into companies (id, workspace_id, name, source)
              values (gen_random_uuid(), '{scenario.WorkspaceId}', '{name}', 'local')
            """);
        return await IdAsync(scenario, name);
    }

    private static Task<MergeAnswer> MergeAsync(SyncScenario scenario, Guid stays, Guid goes, params string[] fields) =>
        scenario.WithAsync((_, db) => new RecordMerge(db, TimeProvider.System).MergeAsync(
            RecordKind.Company, stays, goes, fields.ToHashSet(), TestContext.Current.CancellationToken));

    private static Task<Guid> IdAsync(SyncScenario scenario, string name) =>
        scenario.Database.ScalarAsync<Guid>($"select id from companies where name = '{name}'");

    private static Task<long> LiveAsync(SyncScenario scenario, params string[] names) =>
        scenario.Database.ScalarAsync<long>(
            $"select count(*) from companies where archived_at is null and name in ('{string.Join("', '", names)}')");

    /// <summary>What they are called in HubSpot, where nothing was merged.</summary>
    private static async Task<IEnumerable<string?>> NamesThereAsync(SyncScenario scenario, params long[] ids) =>
        (await FakeContacts.ReadAsync(scenario.Fake, "companies"))
            .Where(company => ids.Contains(company.Id))
            .Select(company => company["name"]).Order(StringComparer.Ordinal);
}
