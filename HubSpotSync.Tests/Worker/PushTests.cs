using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Journal;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.Tests.Builders;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>What is made or changed here after the first sync reaches HubSpot by itself, once.</summary>
public sealed class PushTests
{
    private const string Batch = "/crm/objects/2026-09/contacts/batch/";

    [Fact]
    public async Task A_customer_made_by_any_program_is_in_HubSpot_at_once()
    {
        await using var scenario = await StartAsync();

        await scenario.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email, first_name)
              values (gen_random_uuid(), '{scenario.WorkspaceId}', 'sql@local.example', 'Plain')
            """);

        var contact = await ContactAsync(scenario, "sql@local.example", _ => true);
        Assert.Equal(("Plain", "customer"), (contact["firstname"], contact["lifecyclestage"]));
        await NothingWaitsAsync(scenario);
        var change = await scenario.QueryAsync(db => db.Changes.AsNoTracking().SingleAsync(
            one => one.Side == "HubSpot" && one.HubspotId == contact.Id));
        Assert.Equal(("Create", null), (change.Action, change.RunId));
        Assert.Equal(OutcomeState.InSync, await StateAsync(scenario, contact.Id));
    }

    [Fact]
    public async Task Only_what_was_changed_is_written_and_nothing_comes_back()
    {
        await using var scenario = await StartAsync();
        await AddAsync(scenario, "edited@local.example");
        var contact = await ContactAsync(scenario, "edited@local.example", _ => true);
        await NothingWaitsAsync(scenario);
        await scenario.Fake.EditAsync("contacts", contact.Id, new { jobtitle = "Buyer" });

        await scenario.Database.ExecuteAsync("update customers set city = 'Lund' where email = 'edited@local.example'");

        await ContactAsync(scenario, "edited@local.example", seen => seen["city"] == "Lund");
        await NothingWaitsAsync(scenario);
        var customer = (await scenario.CustomersAsync()).Single(one => one.Email == "edited@local.example");
        Assert.Equal(("Lund", "Buyer"), (customer.City, customer.JobTitle));
        var again = await scenario.RunAsync();
        Assert.Equal((0, 0, 0), (again.Updated, again.Pushed, again.Failed));
    }

    [Fact]
    public async Task What_the_engine_writes_asks_for_nothing()
    {
        await using var scenario = await StartAsync("--Fake:Contacts=60");
        var known = (await FakeContacts.ReadAsync(scenario.Fake)).First(one => one["lifecyclestage"] == "customer");
        await scenario.Fake.EditAsync("contacts", known.Id, new { city = "Elsewhere" });

        await scenario.RunAsync();

        Assert.Equal(0, await scenario.Database.ScalarAsync<long>("select count(*) from sync_requests"));
    }

    [Fact]
    public async Task One_way_asks_for_nothing()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync(SyncMode.HubSpotIsSource);
        await scenario.RunAsync();

        await AddAsync(scenario, "stays@local.example");

        Assert.Equal(0, await scenario.Database.ScalarAsync<long>("select count(*) from sync_requests"));
    }

    [Fact]
    public async Task A_burst_becomes_few_calls_and_no_record_twice()
    {
        await using var scenario = await StartAsync();
        await scenario.Fake.ChangeSettingsAsync(new { latencyMs = 50 });
        Requests(scenario).Reset();

        await AddAsync(scenario, [.. Enumerable.Range(0, 500).Select(number => $"burst{number}@local.example")]);

        await NothingWaitsAsync(scenario);
        var contacts = await FakeContacts.ReadAsync(scenario.Fake);
        var emails = contacts.Select(one => one["email"] ?? "")
            .Where(email => email.StartsWith("burst", StringComparison.Ordinal)).ToList();
        Assert.Equal((500, 500), (emails.Count, emails.Distinct().Count()));
        Assert.InRange(Requests(scenario).Total, 5, 15); // 5 upserts, and what the claims cut apart
    }

    [Fact]
    public async Task A_lost_answer_makes_no_second_record()
    {
        await using var scenario = await StartAsync();
        await scenario.Fake.DropAnswerOfUpsertAsync();

        await AddAsync(scenario, "once@local.example");

        await NothingWaitsAsync(scenario);
        Assert.Single(await FakeContacts.ReadAsync(scenario.Fake), one => one["email"] == "once@local.example");
    }

    [Fact]
    public async Task What_a_lost_answer_was_about_stays_ours_when_the_next_write_is_refused()
    {
        await using var scenario = await StartAsync();
        await scenario.Fake.AdvanceClockAsync(TimeSpan.FromMinutes(1)); // HubSpot's clock is ahead of ours
        await scenario.Fake.AddFaultAsync(
            new { kind = "status", status = 503, times = 1_000, pathPrefix = Batch + "read" });
        await scenario.Fake.DropAnswerOfUpsertAsync();
        await AddAsync(scenario, "refused@local.example");
        await ContactAsync(scenario, "refused@local.example", _ => true);
        await scenario.StopWorkersAsync(); // without having found out what became of it
        await scenario.Database.ExecuteAsync(
            "update customers set first_name = 'Newer' where email = 'refused@local.example'");

        await scenario.Fake.ControlAsync(HttpMethod.Delete, "faults", new { });
        await scenario.Fake.AddFaultAsync(
            new { kind = "partial", rows = new[] { 0 }, method = "POST", pathPrefix = Batch + "update" });
        await scenario.StartWorkerAsync();
        await NothingWaitsAsync(scenario);
        await scenario.RunAsync();

        await NothingWaitsAsync(scenario);
        var contact = await ContactAsync(scenario, "refused@local.example", _ => true);
        Assert.Equal("Newer", contact["firstname"]);
        Assert.Equal(0, await scenario.Database.ScalarAsync<long>("select count(*) from field_conflicts"));
    }

    [Theory]
    [InlineData(423)]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Hubspot_in_trouble_is_waited_for(int status)
    {
        await using var scenario = await StartAsync();
        await scenario.Fake.AddFaultAsync(
            new { kind = "status", status, times = 3, path = "/crm/objects/*", retryAfter = 0 });

        await AddAsync(scenario, "later@local.example");

        await ContactAsync(scenario, "later@local.example", _ => true);
        await NothingWaitsAsync(scenario);
    }

    [Fact]
    public async Task A_record_that_HubSpot_refuses_says_why_and_hinders_nobody()
    {
        await using var scenario = await StartAsync();

        await AddAsync(scenario, "good@local.example", "not an address", "fine@local.example");

        await ContactAsync(scenario, "good@local.example", _ => true);
        await ContactAsync(scenario, "fine@local.example", _ => true);
        await NothingWaitsAsync(scenario);
        var failing = await scenario.QueryAsync(db => db.Outcomes.AsNoTracking().SingleAsync(
            outcome => outcome.State == OutcomeState.Failing));
        Assert.Equal(OutcomeReason.RefusedByHubSpot, failing.Reason);
        Assert.NotNull(failing.Detail);
    }

    [Fact]
    public async Task A_change_while_HubSpot_is_disconnected_goes_out_after_reconnecting()
    {
        await using var scenario = await StartAsync();
        await scenario.UninstallAsync();

        await AddAsync(scenario, "patient@local.example");
        await Eventually.SeeAsync(
            () => scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync()),
            seen => seen.State == ConnectionState.NeedsReconnection,
            SyncScenario.RunLimit,
            "the connection to need reconnection");
        await scenario.ConnectAsync();

        await ContactAsync(scenario, "patient@local.example", _ => true);
        await NothingWaitsAsync(scenario);
    }

    [Fact]
    public async Task Three_workers_push_everything_once()
    {
        await using var scenario = await StartAsync();
        await scenario.StartWorkerAsync();
        await scenario.StartWorkerAsync();

        await Task.WhenAll(Enumerable.Range(0, 60).Select(number => AddAsync(scenario, $"n{number}@local.example")));

        await NothingWaitsAsync(scenario);
        var emails = (await FakeContacts.ReadAsync(scenario.Fake)).Select(one => one["email"]).ToList();
        Assert.All(Enumerable.Range(0, 60), number => Assert.Single(emails, $"n{number}@local.example"));
    }

    [Fact]
    public async Task A_push_that_takes_longer_than_its_lease_stays_with_the_worker_that_has_it()
    {
        const string Upsert = "/crm/objects/2026-09/{type}/batch/upsert";
        await using var scenario = await StartAsync();
        await scenario.StartWorkerAsync();
        var before = Requests(scenario).CountOf("POST", Upsert);
        await scenario.Fake.AddFaultAsync(new
        {
            kind = "delay",
            delayMs = 9000, // the lease is six seconds
            method = "POST",
            path = "*/batch/upsert",
            times = 2,
        });

        await AddAsync(scenario, "slow@local.example");

        await ContactAsync(scenario, "slow@local.example", _ => true);
        await NothingWaitsAsync(scenario);
        Assert.Equal(before + 1, Requests(scenario).CountOf("POST", Upsert));
    }

    private static async Task<SyncScenario> StartAsync(params string[] fake)
    {
        var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, .. fake]);
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        await scenario.StagesAreCountedAsync();
        return scenario;
    }

    private static RequestLog Requests(SyncScenario scenario) =>
        scenario.Fake.Services.GetRequiredService<RequestLog>();

    private static Task<int> AddAsync(SyncScenario scenario, params string[] emails) => scenario.QueryAsync(db =>
    {
        db.Customers.AddRange(emails.Select(email => A.Customer(db.WorkspaceId, email, "Some", "Body")));
        return db.SaveChangesAsync();
    });

    private static Task<FakeContact> ContactAsync(
        SyncScenario scenario, string email, Func<FakeContact, bool> condition) => Eventually.SeeAsync(
        async () => (await FakeContacts.ReadAsync(scenario.Fake)).Find(one => one["email"] == email)!,
        contact => contact is not null && condition(contact),
        SyncScenario.RunLimit,
        $"{email} in HubSpot");

    private static Task<long> NothingWaitsAsync(SyncScenario scenario) => Eventually.SeeAsync(
        () => scenario.Database.ScalarAsync<long>("select count(*) from sync_requests"),
        waiting => waiting == 0,
        SyncScenario.RunLimit,
        "no request to wait");

    private static Task<OutcomeState> StateAsync(SyncScenario scenario, long hubSpotId) =>
        scenario.QueryAsync(db => db.Outcomes.AsNoTracking()
            .Where(outcome => outcome.HubspotId == hubSpotId && outcome.Kind == RecordKind.Contact)
            .Select(outcome => outcome.State)
            .SingleAsync());
}
