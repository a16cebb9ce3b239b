using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>Whom HubSpot was told to forget is forgotten here too, and comes back by no door.</summary>
public sealed class ErasureTests
{
    private const string Email = "gone@forget.example";

    [Fact]
    public async Task HubSpot_says_so_and_every_value_is_gone()
    {
        await using var scenario = await StartAsync();
        await using var door = await WebhookDoor.StartAsync(scenario);
        var id = await MakeAsync(scenario);
        await scenario.RunAsync();
        await scenario.Database.ExecuteAsync($"update customers set city = 'Forgetville' where email = '{Email}'");
        await SeenAsync(scenario, contact => contact["city"] == "Forgetville");

        await scenario.Fake.EraseAsync(id);
        await door.FlushAsync();

        await ErasedAsync(scenario);
        await NothingIsLeftAsync(scenario);
    }

    [Fact]
    public async Task Nobody_said_so_and_the_next_full_run_finds_out()
    {
        await using var scenario = await StartAsync();
        var id = await MakeAsync(scenario);
        await scenario.RunAsync();

        await scenario.Fake.EraseAsync(id);
        await scenario.RunAsync();

        await ErasedAsync(scenario);
        await NothingIsLeftAsync(scenario);
    }

    [Fact]
    public async Task Somebody_who_was_erased_is_not_sent_to_HubSpot_again()
    {
        await using var scenario = await StartAsync();
        await scenario.Fake.EraseAsync(await MakeAsync(scenario, thenRun: true));
        await scenario.RunAsync();

        await scenario.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email, last_name)
              values (gen_random_uuid(), '{scenario.WorkspaceId}', '{Email.ToUpperInvariant()}', 'Again')
            """);

        var outcome = await Eventually.SeeAsync(
            () => scenario.QueryAsync(db => db.Outcomes.AsNoTracking()
                .FirstOrDefaultAsync(one => one.HubspotId == null && one.Reason == OutcomeReason.Erased)),
            one => one is not null,
            SyncScenario.RunLimit,
            "the outcome of the customer who came again");
        Assert.Equal(OutcomeState.Excluded, outcome!.State);
        Assert.DoesNotContain(await FakeContacts.ReadAsync(scenario.Fake), contact => contact["lastname"] == "Again");
    }

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        return scenario;
    }

    private static async Task<long> MakeAsync(SyncScenario scenario, bool thenRun = false)
    {
        var id = await scenario.Fake.CreateAsync(
            "contacts",
            new { email = Email, firstname = "Forgetful", lastname = "Forgotten", lifecyclestage = "customer" });
        if (thenRun)
        {
            await scenario.RunAsync();
        }

        return id;
    }

    private static Task SeenAsync(SyncScenario scenario, Func<FakeContact, bool> condition) => Eventually.SeeAsync(
        () => FakeContacts.ReadAsync(scenario.Fake),
        contacts => contacts.Exists(contact => condition(contact)),
        SyncScenario.RunLimit,
        "the edit in HubSpot");

    private static Task ErasedAsync(SyncScenario scenario) => Eventually.SeeAsync(
        () => scenario.Database.ScalarAsync<long>("select count(*) from customers where erased_at is not null"),
        erased => erased == 1,
        SyncScenario.RunLimit,
        "the customer to be erased");

    private static async Task NothingIsLeftAsync(SyncScenario scenario)
    {
        var tables = await scenario.Database.ListAsync<string>(
            "select tablename::text from pg_tables where schemaname = 'public'");
        foreach (var table in tables)
        {
            var left = await scenario.Database.ScalarAsync<long>(
                $"select count(*) from {table} t where t::text ~* 'forget'");
            Assert.True(left == 0, $"{table} still has {left} rows with a value of the person");
        }

        Assert.DoesNotContain(
            scenario.Log.Lines, line => line.Contains("forget.example", StringComparison.OrdinalIgnoreCase));
    }
}
