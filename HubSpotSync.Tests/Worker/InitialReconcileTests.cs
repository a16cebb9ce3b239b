using System.Net.Http.Json;
using System.Text.Json;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.Tests.Builders;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

public sealed class InitialReconcileTests
{
    private static readonly string[] Small =
        ["--Fake:Contacts=450", "--Fake:Companies=80", "--Fake:Deals=60", "--Fake:Limits=off"];

    [Fact]
    public async Task Every_contact_in_scope_is_here_field_by_field_and_no_other()
    {
        await using var scenario = await SyncScenario.StartAsync(Small);
        await scenario.ConnectAsync();

        var run = await scenario.RunAsync();

        Assert.Equal(RunState.Done, run.State);
        var wanted = (await FakeContacts.ReadAsync(scenario.Fake))
            .Where(contact => SyncScenario.DefaultStages.Contains(contact["lifecyclestage"])).ToList();
        var links = await scenario.QueryAsync(db => db.Links.AsNoTracking()
            .Where(link => link.Kind == RecordKind.Contact)
            .ToDictionaryAsync(link => link.HubspotId, link => link.LocalId));
        var customers = (await scenario.CustomersAsync()).ToDictionary(customer => customer.Id);
        Assert.NotEmpty(wanted);
        Assert.Equal(wanted.Count, customers.Count);
        Assert.All(wanted, contact => Assert.Equal(Expected(contact), Actual(customers[links[contact.Id]])));
    }

    [Fact]
    public async Task A_second_run_finds_nothing_to_do()
    {
        await using var scenario = await SyncScenario.StartAsync(Small);
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        var changesBefore = await scenario.QueryAsync(db => db.Changes.CountAsync());
        var versions = await RowVersionsAsync(scenario);

        var again = await scenario.RunAsync();

        Assert.Equal((0, 0, 0, 0), (again.Created, again.Updated, again.Linked, again.Pushed));
        Assert.Equal(changesBefore, await scenario.QueryAsync(db => db.Changes.CountAsync()));
        Assert.Equal(versions, await RowVersionsAsync(scenario));
    }

    [Fact]
    public async Task A_customer_that_is_edited_while_it_is_sent_does_not_have_the_page_sent_again()
    {
        const string Upsert = "/crm/objects/2026-09/{type}/batch/upsert";
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.QueryAsync(db =>
        {
            db.Customers.AddRange(Enumerable.Range(0, 5).Select(
                number => A.Customer(db.WorkspaceId, $"own{number}@local.example", "Own", $"Customer {number}")));
            return db.SaveChangesAsync();
        });
        await scenario.Fake.AddFaultAsync(
            new { kind = "delay", delayMs = 700, method = "POST", path = "*/batch/upsert", times = 1 });
        await scenario.ConnectAsync();
        var run = await scenario.RequestRunAsync();
        await Eventually.BeTrueAsync(
            async () => await scenario.Database.ScalarAsync<long>("select count(*) from sent_writes") > 0,
            SyncScenario.RunLimit,
            "the customers to be sent");

        await scenario.Database.ExecuteAsync("update customers set city = 'Lund' where email = 'own3@local.example'");
        var end = await scenario.WaitForEndAsync(run.Id);

        Assert.Equal((RunState.Done, 0), (end.State, end.Failed));
        await Eventually.BeTrueAsync(
            async () => (await FakeContacts.ReadAsync(scenario.Fake)).Exists(contact => contact["city"] == "Lund"),
            SyncScenario.RunLimit,
            "the edit in HubSpot");
        var requests = scenario.Fake.Services.GetRequiredService<RequestLog>();
        Assert.Equal(1, requests.CountOf("POST", Upsert));
    }

    [Fact]
    public async Task Two_way_sends_customers_that_HubSpot_lacks_and_links_those_it_has()
    {
        await using var scenario = await SyncScenario.StartAsync(Small);
        var known = (await FakeContacts.ReadAsync(scenario.Fake))
            .First(contact => contact["lifecyclestage"] == "customer" && contact["email"] is not null);
        await scenario.QueryAsync(async db =>
        {
            db.Customers.Add(A.Customer(db.WorkspaceId, known["email"]!.ToUpperInvariant()));
            db.Customers.Add(A.Customer(db.WorkspaceId, "only.here@local.example", "Only", "Here"));
            db.Customers.Add(A.Customer(db.WorkspaceId, null, "No", "Address"));
            return await db.SaveChangesAsync();
        });
        await scenario.ConnectAsync();

        var run = await scenario.RunAsync();

        Assert.Equal((1, 2, 0), (run.Linked, run.Pushed, run.Failed));
        var contacts = await FakeContacts.ReadAsync(scenario.Fake);
        var pushed = Assert.Single(contacts, contact => contact["email"] == "only.here@local.example");
        Assert.Equal(("Only", "Here", "customer"), (pushed["firstname"], pushed["lastname"], pushed["lifecyclestage"]));
        Assert.Single(contacts, contact => contact["email"] == known["email"]);
        Assert.Single(contacts, contact => contact["lastname"] == "Address");
    }

    [Fact]
    public async Task One_way_writes_nothing_to_HubSpot()
    {
        await using var scenario = await SyncScenario.StartAsync(Small);
        await scenario.QueryAsync(async db =>
        {
            db.Customers.Add(A.Customer(db.WorkspaceId, "only.here@local.example"));
            return await db.SaveChangesAsync();
        });
        var before = await FakeContacts.ReadTextAsync(scenario.Fake);
        await scenario.ConnectAsync(SyncMode.HubSpotIsSource);

        var run = await scenario.RunAsync();

        Assert.Equal((RunState.Done, 0), (run.State, run.Pushed));
        Assert.Equal(before, await FakeContacts.ReadTextAsync(scenario.Fake));
    }

    [Fact]
    public async Task Newest_edit_wins_where_both_sides_differ_and_the_loser_is_kept()
    {
        await using var scenario = await SyncScenario.StartAsync(Small);
        var known = (await FakeContacts.ReadAsync(scenario.Fake))
            .Where(contact => contact["lifecyclestage"] == "customer")
            .Where(contact => contact["email"] is not null && contact["city"] is not null)
            .Take(2).ToList();
        await scenario.QueryAsync(async db =>
        {
            foreach (var contact in known)
            {
                var customer = A.Customer(db.WorkspaceId, contact["email"]);
                customer.City = "Here";
                db.Customers.Add(customer);
            }

            return await db.SaveChangesAsync();
        });
        await scenario.Database.ExecuteAsync(
            $$$"""
            begin;
            set local app.engine = 'on';
            update customers set field_clock = '{"city": {"at": 1, "by": "test"}}'
              where email = '{{{known[0]["email"]}}}';
            commit
            """);
        await scenario.ConnectAsync();

        await scenario.RunAsync();

        var customers = await scenario.CustomersAsync();
        Assert.Equal(known[0]["city"]!.Trim(), customers.Single(customer => customer.Email == known[0]["email"]).City);
        Assert.Equal("Here", customers.Single(customer => customer.Email == known[1]["email"]).City);
        var there = await FakeContacts.ReadAsync(scenario.Fake);
        Assert.Equal("Here", there.Single(contact => contact.Id == known[1].Id)["city"]);
        var conflicts = await scenario.QueryAsync(
            db => db.Conflicts.Where(conflict => conflict.Field == "city").ToListAsync());
        Assert.Equal(["HubSpot", "Local"], conflicts.Select(conflict => conflict.Winner).Order());
        Assert.All(conflicts, conflict => Assert.NotNull(conflict.HubspotEditedAt));
    }

    [Fact]
    public async Task Contacts_outside_the_filter_are_excluded_with_their_stage_as_reason()
    {
        await using var scenario = await SyncScenario.StartAsync(Small);
        await scenario.ConnectAsync(SyncMode.HubSpotIsSource, "customer");

        var run = await scenario.RunAsync();

        var contacts = await FakeContacts.ReadAsync(scenario.Fake);
        var excluded = await scenario.QueryAsync(
            db => db.Outcomes.Where(outcome => outcome.State == OutcomeState.Excluded).ToListAsync());
        Assert.Equal(contacts.Count(contact => contact["lifecyclestage"] != "customer"), run.Excluded);
        Assert.Equal(run.Excluded, excluded.Count);
        Assert.All(excluded, outcome => Assert.Equal(OutcomeReason.StageNotInScope, outcome.Reason));
        Assert.Contains(excluded, outcome => outcome.Detail == "lead");
    }

    [Fact]
    public async Task Deals_arrive_with_pipeline_company_and_people()
    {
        await using var scenario = await SyncScenario.StartAsync(Small);
        await scenario.ConnectAsync(SyncMode.HubSpotIsSource, [.. (await AllStagesAsync(scenario.Fake))]);

        await scenario.RunAsync();

        var deals = await scenario.QueryAsync(db => db.Deals.AsNoTracking().ToListAsync());
        var people = await scenario.QueryAsync(db => db.DealCustomers.CountAsync());
        var stages = await scenario.QueryAsync(db => db.Stages.Select(stage => stage.Id).ToListAsync());
        Assert.NotEmpty(deals);
        Assert.All(deals, deal => Assert.Contains(deal.StageId!, stages));
        Assert.Contains(deals, deal => deal.CompanyId is not null);
        Assert.True(people > 0);
        Assert.Equal(2, await scenario.QueryAsync(db => db.Pipelines.CountAsync()));
        Assert.Equal(12, await scenario.QueryAsync(db => db.Owners.CountAsync()));
    }

    [Fact]
    public async Task An_address_that_two_people_were_given_at_once_stops_neither_the_page_nor_the_run()
    {
        await using var scenario = await SyncScenario.StartAsync(Small);
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        var links = await scenario.QueryAsync(db => db.Links.AsNoTracking()
            .Where(link => link.Kind == RecordKind.Contact).OrderBy(link => link.HubspotId).Take(2).ToListAsync());
        await scenario.Fake.EditAsync("contacts", links[1].HubspotId, new { email = "both@example.com" });
        await scenario.Database.ExecuteAsync(
            $"update customers set email = 'both@example.com' where id = '{links[0].LocalId}'");

        var run = await scenario.RunAsync();

        Assert.Equal((RunState.Done, 2), (run.State, run.Failed));
        var failing = await scenario.QueryAsync(db => db.Outcomes.AsNoTracking()
            .Where(outcome => outcome.State == OutcomeState.Failing)
            .OrderBy(outcome => outcome.HubspotId)
            .Select(outcome => outcome.Reason)
            .ToListAsync());
        Assert.Equal([OutcomeReason.RefusedByHubSpot, OutcomeReason.EmailTakenHere], failing);
    }

    [Fact]
    public async Task A_run_uses_the_fewest_requests_and_no_unknown_route()
    {
        await using var scenario = await SyncScenario.StartAsync(Small);
        await scenario.ConnectAsync(SyncMode.HubSpotIsSource);
        await scenario.StagesAreCountedAsync();
        var before = await RequestsAsync(scenario.Fake);

        await scenario.RunAsync();

        var after = await RequestsAsync(scenario.Fake);
        var (contacts, companies, deals) = (5, 1, 1); // pages of 100
        var (owners, pipelines, totals) = (2, 1, 3);
        Assert.Equal(contacts + companies + deals + owners + pipelines + totals, after.Total - before.Total);
        Assert.Equal((0, 0), (after.Unknown, after.RateLimited));
    }

    private static string?[] Expected(FakeContact contact) =>
    [
        .. StandardFields.Contacts.Fields
            .Select(field => FieldValue.Normalize(field.Type, contact[field.HubSpotProperty])),
    ];

    private static string?[] Actual(Customer customer) =>
    [
        customer.FirstName, customer.LastName, customer.Email, customer.Phone, customer.MobilePhone, customer.JobTitle,
        customer.CompanyName, customer.Website, customer.Address, customer.City, customer.State, customer.PostalCode,
        customer.Country, customer.LifecycleStage, customer.HubspotOwnerId,
    ];

    private static async Task<IEnumerable<string>> AllStagesAsync(FakeHubSpotServer fake) =>
        (await FakeContacts.ReadAsync(fake)).Select(contact => contact["lifecyclestage"]).OfType<string>().Distinct();

    private static async Task<(int Total, int Unknown, int RateLimited)> RequestsAsync(FakeHubSpotServer fake)
    {
        var state = await fake.Http.GetFromJsonAsync<JsonElement>(new Uri(fake.Url, "/_fake/state"));
        var requests = state.GetProperty("requests");
        return (Count("total"), Count("unknownRoutes"), Count("rateLimited"));

        int Count(string name) => requests.GetProperty(name).GetInt32();
    }

    // Where every row version lies: any write, even one of equal values, changes it.
    private static Task<string> RowVersionsAsync(SyncScenario scenario) => scenario.Database.ScalarAsync<string>(
        string.Join(" || ", Tables.Select(table =>
            $"(select coalesce(md5(string_agg(xmin::text || ctid::text, ',' order by ctid)), '-') from {table})")
            .Prepend("select ''")));

    private static readonly string[] Tables =
    [
        "customers", "companies", "deals", "deal_customers",
        "record_links", "record_outcomes", "owners", "pipelines", "stages",
    ];
}
