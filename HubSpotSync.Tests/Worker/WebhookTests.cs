using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>What HubSpot tells of is here without any run.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private SyncScenario _scenario = null!; // xunit initialises it before the test
    private WebhookDoor _door = null!; // as above

    public async ValueTask InitializeAsync()
    {
        _scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, "--Fake:Contacts=20"]);
        await _scenario.ConnectAsync();
        await _scenario.RunAsync();
        await _scenario.StagesAreCountedAsync();
        _door = await WebhookDoor.StartAsync(_scenario);
    }

    public async ValueTask DisposeAsync()
    {
        await _door.DisposeAsync();
        await _scenario.DisposeAsync();
    }

    [Fact]
    public async Task A_contact_that_is_made_edited_archived_and_restored_there_is_followed_here()
    {
        var id = await _scenario.Fake.CreateAsync(
            "contacts", new { email = "told@there.example", firstname = "Told", lifecyclestage = "customer" });
        var customer = await CustomerAsync("told@there.example", _ => true);

        await _scenario.Fake.EditAsync("contacts", id, new { city = "Lund" });
        await CustomerAsync("told@there.example", seen => seen.City == "Lund");

        await _scenario.Fake.ArchiveAsync("contacts", id);
        await ReasonAsync(id, OutcomeReason.ArchivedInHubSpot);

        await _scenario.Fake.RestoreAsync("contacts", id);
        await ReasonAsync(id, OutcomeReason.Agreed);
        Assert.Null((await CustomerAsync("told@there.example", _ => true)).ArchivedAt);
        Assert.Equal(customer.Id, (await CustomerAsync("told@there.example", _ => true)).Id);
    }

    [Fact]
    public async Task Links_to_a_company_come_and_go()
    {
        var company = await _scenario.Fake.CreateAsync("companies", new { name = "Told Ltd", domain = "told.example" });
        var id = await _scenario.Fake.CreateAsync(
            "contacts", new { email = "worker@told.example", lifecyclestage = "customer" });
        await CustomerAsync("worker@told.example", _ => true);
        await NothingWaitsAsync();

        await _scenario.Fake.LinkAsync("contacts", id, "companies", company);
        await CustomerAsync("worker@told.example", seen => seen.CompanyId is not null);

        await _scenario.Fake.UnlinkAsync("contacts", id, "companies", company);
        await CustomerAsync("worker@told.example", seen => seen.CompanyId is null);
    }

    [Fact]
    public async Task A_merge_there_is_a_merge_here()
    {
        var one = await _scenario.Fake.CreateAsync(
            "contacts", new { email = "one@told.example", lifecyclestage = "customer" });
        var two = await _scenario.Fake.CreateAsync(
            "contacts", new { email = "two@told.example", lifecyclestage = "customer" });
        var (first, second) = (
            await CustomerAsync("one@told.example", _ => true), await CustomerAsync("two@told.example", _ => true));

        await _scenario.QueryAsync(db => db.Database.ExecuteSqlAsync(
            $"""
            insert into invoices (id, workspace_id, public_code, currency, issued_on, due_on, customer_id)
              values (gen_random_uuid(), {second.WorkspaceId}, 'code', 'EUR', '2026-03-01', '2026-03-15', {second.Id})
            """));

        var merged = await _scenario.Fake.MergeAsync("contacts", one, two);

        await CustomerAsync("two@told.example", seen => seen.MergedInto == first.Id);
        Assert.Equal(
            first.Id, await _scenario.QueryAsync(db => db.Invoices.Select(row => row.CustomerId).SingleAsync()));
        var link = await _scenario.QueryAsync(db => db.Links.AsNoTracking().SingleAsync(
            known => known.LocalId == first.Id && known.Kind == RecordKind.Contact));
        Assert.Equal(merged, link.HubspotId);
        Assert.NotEqual(first.Id, second.Id);
    }

    [Fact]
    public async Task Events_that_come_doubled_and_in_any_order_end_at_the_last_value()
    {
        await _door.DeliverAsync(new { shuffle = true, duplicateShare = 0.5, batchWindowMs = 300, delayMs = 100 });
        var id = await _scenario.Fake.CreateAsync(
            "contacts", new { email = "restless@told.example", lifecyclestage = "customer" });
        foreach (var number in Enumerable.Range(1, 30))
        {
            await _scenario.Fake.EditAsync("contacts", id, new { city = $"City {number}" });
        }

        await _door.FlushAsync();

        await CustomerAsync("restless@told.example", seen => seen.City == "City 30");
        await NothingWaitsAsync();
        Assert.Single(await _scenario.CustomersAsync(), one => one.Email == "restless@told.example");
    }

    [Fact]
    public async Task A_change_of_a_value_costs_one_request()
    {
        var id = await _scenario.Fake.CreateAsync(
            "contacts", new { email = "valued@told.example", lifecyclestage = "customer" });
        await CustomerAsync("valued@told.example", _ => true);
        await _door.FlushAsync();
        await NothingWaitsAsync();
        var log = _scenario.Fake.Services.GetRequiredService<RequestLog>();
        log.Reset();

        await _scenario.Fake.EditAsync("contacts", id, new { city = "Lund" });
        await CustomerAsync("valued@told.example", seen => seen.City == "Lund");
        await NothingWaitsAsync();

        Assert.Equal(1, log.Total); // by its id, without what it is associated with
    }

    [Fact]
    public async Task What_we_wrote_ourselves_is_not_news()
    {
        var log = _scenario.Fake.Services.GetRequiredService<RequestLog>();
        await _scenario.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email)
              values (gen_random_uuid(), '{_scenario.WorkspaceId}', 'echo@local.example')
            """);
        await Eventually.SeeAsync(
            () => _scenario.Database.ScalarAsync<long>(
                "select count(*) from record_changes where side = 'HubSpot' and action = 'Create'"),
            made => made == 1,
            SyncScenario.RunLimit,
            "the push");
        await _door.FlushAsync();
        await NothingWaitsAsync();
        log.Reset();

        await _scenario.Database.ExecuteAsync("update customers set city = 'Lund' where email = 'echo@local.example'");
        await Eventually.SeeAsync(
            () => FakeContacts.ReadAsync(_scenario.Fake),
            contacts => contacts.Exists(one => one["email"] == "echo@local.example" && one["city"] == "Lund"),
            SyncScenario.RunLimit,
            "the edit");
        await NothingWaitsAsync();
        await _door.FlushAsync();
        await NothingWaitsAsync();

        // A read and a write; where the echo was faster than our commit, a look at the contact as well.
        Assert.InRange(log.Total, 2, 3);
    }

    private Task<Customer> CustomerAsync(string email, Func<Customer, bool> condition) => Eventually.SeeAsync(
        async () => (await _scenario.CustomersAsync()).Find(one => one.Email == email)!,
        seen => seen is not null && condition(seen),
        SyncScenario.RunLimit,
        $"{email} to be as HubSpot says");

    private Task<OutcomeReason> ReasonAsync(long id, OutcomeReason reason) => Eventually.SeeAsync(
        () => _scenario.QueryAsync(db => db.Outcomes.AsNoTracking()
            .Where(one => one.HubspotId == id && one.Kind == RecordKind.Contact)
            .Select(one => one.Reason)
            .FirstOrDefaultAsync()),
        seen => seen == reason,
        SyncScenario.RunLimit,
        $"the outcome {reason}");

    private Task<long> NothingWaitsAsync() => Eventually.SeeAsync(
        () => _scenario.Database.ScalarAsync<long>("select count(*) from sync_requests"),
        waiting => waiting == 0,
        SyncScenario.RunLimit,
        "no request to wait");
}
