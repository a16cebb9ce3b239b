using System.Globalization;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>An account that was connected by a token is synced by the same engine.</summary>
public sealed class PastedTokenTests : IAsyncLifetime
{
    private SyncScenario _scenario = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() =>
        _scenario = await SyncScenario.StartAsync("--Fake:Contacts=250", "--Fake:Companies=20", "--Fake:Deals=20");

    public ValueTask DisposeAsync() => _scenario.DisposeAsync();

    [Fact]
    public async Task Everything_comes_and_goes_and_no_token_is_asked_for()
    {
        await PasteAsync(await MakeAsync());

        var run = await _scenario.RunAsync();
        await _scenario.Database.ExecuteAsync("update customers set city = 'Lund'");

        Assert.Equal((RunState.Done, 0), (run.State, run.Failed));
        var customers = await _scenario.CustomersAsync();
        await Eventually.SeeAsync(
            () => FakeContacts.ReadAsync(_scenario.Fake),
            contacts => contacts.Count(contact => contact["city"] == "Lund") == customers.Count,
            SyncScenario.RunLimit,
            "the edits in HubSpot");
        Assert.Equal(0, _scenario.Requests().CountOf("POST", FakeSteering.TokenRoute));
    }

    [Fact]
    public async Task What_HubSpot_says_of_the_day_is_kept_with_the_account()
    {
        await PasteAsync(await MakeAsync());
        var before = TimeProvider.System.GetUtcNow();

        await _scenario.RunAsync();

        await Eventually.SeeAsync(
            () => _scenario.Database.ListAsync<string>(
                $"""
                select day_limit || ' ' || (used between 1 and 1000) || ' ' || (learnt_at > '{before:O}')
                  from hubspot_day_limits
                """),
            said => said is ["625000 true true"],
            SyncScenario.RunLimit,
            "what HubSpot said of the day");
    }

    [Fact]
    public async Task What_changes_in_HubSpot_arrives_by_asking()
    {
        await PasteAsync(await MakeAsync());
        await _scenario.RunAsync();
        var contact = await _scenario.Fake.CreateAsync(
            "contacts", new { email = "later@people.example", lifecyclestage = "customer" });
        await _scenario.Database.ExecuteAsync("update hubspot_connections set next_run_at = now()");

        await Eventually.SeeAsync(
            _scenario.CustomersAsync,
            customers => customers.Any(one => one.Email == "later@people.example"),
            SyncScenario.RunLimit,
            $"contact {contact} to arrive");
    }

    [Fact]
    public async Task A_deleted_token_asks_for_a_new_one_and_then_it_goes_on()
    {
        var token = await MakeAsync();
        await PasteAsync(token);
        await _scenario.RunAsync();
        await _scenario.Fake.ControlAsync(HttpMethod.Delete, $"{Apps}/{token}", new { });

        var run = await _scenario.RequestRunAsync();
        var lost = await Eventually.SeeAsync(
            ReadAsync, seen => seen.State == ConnectionState.NeedsReconnection, SyncScenario.RunLimit,
            "the connection to need a person");
        await PasteAsync(await MakeAsync());
        var end = await _scenario.WaitForEndAsync(run.Id);

        Assert.Contains("deleted or rotated in HubSpot", lost.StateReason, StringComparison.Ordinal);
        Assert.Equal(RunState.Done, end.State);
    }

    [Fact]
    public async Task Its_own_limits_are_kept_from_the_first_request_on()
    {
        await _scenario.Fake.ChangeSettingsAsync(new { limits = "hubspot", latencyMs = 20 });
        await PasteAsync(await MakeAsync(new { burstLimit = 12 }), burstLimit: 12);

        var run = await _scenario.RunAsync();

        Assert.Equal(RunState.Done, run.State);
        Assert.DoesNotContain(_scenario.Requests().Counts, count => count.Status == 429);
    }

    [Fact]
    public async Task Disconnecting_deletes_the_token_and_tells_nobody()
    {
        await PasteAsync(await MakeAsync());
        await _scenario.RunAsync();

        await _scenario.QueryAsync(async db =>
        {
            var connection = await db.Connections.SingleAsync();
            connection.Become(ConnectionState.Disconnecting, null, TimeProvider.System.GetUtcNow());
            return await db.SaveChangesAsync();
        });

        var end = await Eventually.SeeAsync(
            ReadAsync, seen => seen.State == ConnectionState.Disconnected, SyncScenario.RunLimit, "the end");
        Assert.Equal((null, null), (end.AccessToken, end.RefreshToken));
        Assert.Equal(0, _scenario.Requests().CountOf("POST", "/oauth/2026-09/token/revoke"));
    }

    private string Apps => string.Create(
        CultureInfo.InvariantCulture, $"accounts/{_scenario.Fake.PortalId}/private-apps");

    private Task<HubSpotConnection> ReadAsync() =>
        _scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync());

    private async Task<string> MakeAsync(object? app = null)
    {
        var made = await _scenario.Fake.ControlAsync(HttpMethod.Post, Apps, app ?? new { });
        return made.GetProperty("token").GetString()!; // always there
    }

    // As the portal does once it has tried the token.
    private async Task PasteAsync(string token, int? burstLimit = null) => await _scenario.ConnectAsync(
        async (services, db) =>
        {
            var connection = await services.GetRequiredService<ConnectionRegistry>().ConnectAsync(
                new NewConnection(_scenario.Fake.PortalId, "Acme Outfitters", "app.hubspot.com")
                {
                    Mode = SyncMode.TwoWay,
                    AccessToken = token,
                    RefreshToken = null,
                    Scopes = [],
                    BurstLimit = burstLimit,
                    ConnectedBy = await SyncScenario.EnsureOwnerAsync(db),
                },
                CancellationToken.None);
            await db.Database.ExecuteSqlAsync($"update sync_runs set due_at = now() where state = 'Waiting'");
            return connection;
        });
}
