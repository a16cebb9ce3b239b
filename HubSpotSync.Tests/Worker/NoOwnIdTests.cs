using HubSpotSync.Core.Planning;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Worker;

/// <summary>
/// New contacts where HubSpot lets us have no property of our own: made by trace ids, and still made once.
/// </summary>
public sealed class NoOwnIdTests
{
    [Fact]
    public async Task Customers_are_created_and_the_connection_is_well()
    {
        await using var scenario = await StartAsync();

        await scenario.AddCustomerAsync("trace@noid.example");
        var contact = await scenario.SeeContactAsync("trace@noid.example", _ => true);
        await scenario.NothingWaitsAsync();

        Assert.NotNull(await scenario.CustomerAsync(contact.Id));
        Assert.True(await scenario.Database.ScalarAsync<bool>(
            "select own_id_missing_since is not null and state = 'Connected' from hubspot_connections"));
    }

    [Fact]
    public async Task A_lost_answer_makes_no_second_contact_for_an_address()
    {
        await using var scenario = await StartAsync();
        await DropAnswerAsync(scenario);

        await scenario.AddCustomerAsync("once@noid.example");
        await scenario.SeeContactAsync("once@noid.example", _ => true);
        await scenario.NothingWaitsAsync();
        await scenario.RunAsync();

        var contact = Assert.Single(
            await FakeContacts.ReadAsync(scenario.Fake), one => one["email"] == "once@noid.example");
        Assert.NotNull(await scenario.CustomerAsync(contact.Id));
    }

    [Fact]
    public async Task A_lost_answer_makes_no_second_contact_for_a_name_either()
    {
        await using var scenario = await StartAsync();
        await DropAnswerAsync(scenario);

        await scenario.AddCustomerAsync(null, "Nameonly");
        await Eventually.SeeAsync(
            () => scenario.Database.ScalarAsync<string>(
                $"select reason from record_outcomes where reason = '{OutcomeReason.AwaitsAnswer}'"),
            reason => reason is not null, SyncScenario.RunLimit, "the customer to wait for the search");
        await scenario.Database.ExecuteAsync(
            """
            update sent_writes set sent_at = sent_at - interval '100 seconds';
            update sync_requests set due_at = now();
            select pg_notify('sync_requests', '');
            """);
        await scenario.NothingWaitsAsync();

        var contact = Assert.Single(
            await FakeContacts.ReadAsync(scenario.Fake), one => one["lastname"] == "Nameonly");
        Assert.Equal("Nameonly", (await scenario.CustomerAsync(contact.Id))?.LastName);
    }

    private static Task DropAnswerAsync(SyncScenario scenario) => scenario.Fake.AddFaultAsync(
        new { kind = "drop", method = "POST", path = "*/contacts/batch/create", times = 1, afterCommit = true });

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.Fake.AddFaultAsync(
            new { kind = "status", status = 403, method = "POST", path = "/crm/properties/*", times = 100 });
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        return scenario;
    }
}
