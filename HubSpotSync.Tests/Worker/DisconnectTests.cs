using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>Disconnecting ends the work and the access, and keeps everything that was brought.</summary>
public sealed class DisconnectTests
{
    private const string Revoke = "/oauth/2026-09/token/revoke";

    [Fact]
    public async Task Tokens_queue_and_schedule_go_customers_and_links_stay()
    {
        await using var scenario = await StartAsync();
        await scenario.RunAsync();
        var before = await KeptAsync(scenario);

        await DisconnectAsync(scenario);

        var connection = await ConnectionAsync(scenario, ConnectionState.Disconnected);
        Assert.Equal(
            (null, null, null), (connection.AccessToken, connection.RefreshToken, connection.NextRunAt));
        Assert.Equal(1, Requests(scenario).CountOf("POST", Revoke));
        Assert.Equal(before, await KeptAsync(scenario));
        Requests(scenario).Reset();
        await scenario.Database.ExecuteAsync("update customers set city = 'Lund'");
        Assert.Equal(0, await scenario.Database.ScalarAsync<long>("select count(*) from sync_requests"));
        Assert.Equal(0, Requests(scenario).Total);
    }

    [Fact]
    public async Task The_same_account_again_finds_its_records_and_learns_what_happened_meanwhile()
    {
        await using var scenario = await StartAsync();
        await scenario.RunAsync();
        var customers = await scenario.CustomersAsync();
        await DisconnectAsync(scenario);
        await ConnectionAsync(scenario, ConnectionState.Disconnected);
        await scenario.Database.ExecuteAsync("update customers set city = 'Lund'");

        await scenario.ConnectAsync();

        await Eventually.SeeAsync(
            () => FakeContacts.ReadAsync(scenario.Fake),
            contacts => contacts.Count(contact => contact["city"] == "Lund") == customers.Count,
            SyncScenario.RunLimit,
            "the edits in HubSpot");
        var after = await scenario.CustomersAsync();
        Assert.Equal(customers.Select(one => one.Id).Order(), after.Select(one => one.Id).Order());
    }

    [Fact]
    public async Task A_sync_that_is_under_way_ends()
    {
        await using var scenario = await StartAsync("--Fake:Contacts=3000");
        await scenario.Fake.AddFaultAsync(new
        {
            kind = "delay",
            method = "GET",
            pathPrefix = "/crm/objects/2026-09/contacts",
            skip = 6,
            times = 1000,
            delayMs = 3000, // more than twenty such pages are left: the sync can't end before it is disconnected
        });
        var run = await scenario.RequestRunAsync();
        await Eventually.SeeAsync(
            () => scenario.Database.ScalarAsync<long>("select count(*) from customers"),
            customers => customers > 0,
            SyncScenario.RunLimit,
            "a first page");

        await DisconnectAsync(scenario);

        await ConnectionAsync(scenario, ConnectionState.Disconnected);
        await scenario.Fake.ControlAsync(HttpMethod.Delete, "faults", new { });
        Assert.Equal(RunState.Cancelled, (await scenario.WaitForEndAsync(run.Id)).State);
        var customers = (await scenario.CustomersAsync()).Count;
        Assert.InRange(customers, 1, 2900);
    }

    [Fact]
    public async Task HubSpot_is_told_as_soon_as_it_answers_again()
    {
        await using var scenario = await StartAsync();
        await scenario.RunAsync();
        await scenario.Fake.SetUnreachableAsync(true);

        await DisconnectAsync(scenario);
        await Eventually.SeeAsync(
            () => scenario.Database.ScalarAsync<long>("select epoch from hubspot_connections"),
            epoch => epoch >= 3,
            SyncScenario.RunLimit,
            "a first attempt");
        Assert.Equal(
            ConnectionState.Disconnecting,
            (await scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync())).State);
        await scenario.Fake.SetUnreachableAsync(false);

        await ConnectionAsync(scenario, ConnectionState.Disconnected);
        var answered = Requests(scenario).Counts.Where(one => one.Route == Revoke && one.Status is >= 200 and < 300);
        Assert.Equal(1, answered.Sum(one => one.Count));
    }

    [Fact]
    public async Task An_account_that_was_left_for_another_one_is_taken_leave_of_beside_it()
    {
        await using var scenario = await StartAsync();
        await scenario.RunAsync();
        await scenario.Database.ExecuteAsync(
            """
            insert into hubspot_connections (id, workspace_id, hub_id, account_name, ui_domain, mode, state,
                access_token)
              select gen_random_uuid(), workspace_id, hub_id + 1, 'Other', ui_domain, mode, 'Connected', access_token
                from hubspot_connections;
            update hubspot_connections set state = 'Disconnecting', state_since = now() where account_name <> 'Other'
            """);

        await Eventually.SeeAsync(
            () => scenario.Database.ListAsync<string>(
                "select state || ' ' || (access_token is null) from hubspot_connections order by hub_id"),
            states => states is ["Disconnected true", "Connected false"],
            SyncScenario.RunLimit,
            "the one to be left and the other to stay");
        Assert.Equal(1, Requests(scenario).CountOf("POST", Revoke));
    }

    private static async Task<SyncScenario> StartAsync(params string[] fake)
    {
        var scenario = await SyncScenario.StartAsync([.. SyncScenario.Tiny, "--Fake:Contacts=20", .. fake]);
        await scenario.ConnectAsync();
        return scenario;
    }

    private static RequestLog Requests(SyncScenario scenario) =>
        scenario.Fake.Services.GetRequiredService<RequestLog>();

    /// <summary>As the portal's page does it.</summary>
    private static Task DisconnectAsync(SyncScenario scenario) => scenario.Database.ExecuteAsync(
        "update hubspot_connections set state = 'Disconnecting', state_since = now()");

    private static Task<HubSpotConnection> ConnectionAsync(SyncScenario scenario, ConnectionState state) =>
        Eventually.SeeAsync(
            () => scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync()),
            seen => seen.State == state,
            SyncScenario.RunLimit,
            $"the connection to be {state}");

    private static async Task<string> KeptAsync(SyncScenario scenario)
    {
        string[] tables = ["customers", "companies", "deals", "record_links", "record_changes"];
        var rows = await Task.WhenAll(tables.Select(table => scenario.Database.ListAsync<string>(
            $"select to_jsonb(t)::text from {table} t order by 1")));
        return string.Join('\n', rows.SelectMany(table => table));
    }
}
