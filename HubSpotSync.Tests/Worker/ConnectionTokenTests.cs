using System.Net.Http.Json;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.FakeHubSpot.Control;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.Errors;
using HubSpotSync.HubSpotApi.Limits;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.HubSpotApi.Objects;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using HubSpotSync.Worker.Tokens;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace HubSpotSync.Tests.Worker;

/// <summary>However many use an old token at the same moment, HubSpot is asked for one new one.</summary>
public sealed class ConnectionTokenTests : IAsyncLifetime
{
    private const string TokenRoute = "/oauth/2026-09/token";
    private static readonly ObjectQuery Query = new(RecordKind.Contact, ["email"], []);

    private readonly List<IServiceProvider> _workers = [];
    private SyncScenario _scenario = null!; // xunit initialises it before the test
    private HubSpotConnection _connection = null!; // as above

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private RequestLog Requests => _scenario.Fake.Services.GetRequiredService<RequestLog>();

    public async ValueTask InitializeAsync()
    {
        _scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await _scenario.ConnectAsync();
        await Eventually.BeTrueAsync(
            () => _scenario.QueryAsync(db => db.Connections.AnyAsync(one => one.StagesCountedAt != null)),
            TimeSpan.FromSeconds(20), "the stages to be counted"); // from here on only the test asks HubSpot
        _connection = await _scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync());
        _workers.Add((await _scenario.StartWorkerAsync()).Services);
        _workers.Add((await _scenario.StartWorkerAsync()).Services);
        Requests.Reset();
    }

    public ValueTask DisposeAsync() => _scenario.DisposeAsync();

    [Fact]
    public async Task Twenty_uses_of_an_expired_token_on_two_workers_bring_one_refresh()
    {
        for (var round = 1; round <= 2; round++)
        {
            await EndTokensAsync();

            await Task.WhenAll(Enumerable.Range(0, 20).Select(use => Task.Run(() => ReadAsync(Open(use)), Token)));

            Assert.Equal(round, Requests.CountOf("POST", TokenRoute));
        }
    }

    [Fact]
    public async Task Tokens_are_refreshed_ahead_of_their_end_and_not_earlier()
    {
        await ExpireInAsync("10 minutes");
        await ReadAsync(Open(0));
        Assert.Equal(0, Requests.CountOf("POST", TokenRoute));

        await ExpireInAsync("90 seconds");
        await Task.WhenAll(Enumerable.Range(0, 10).Select(use => Task.Run(() => ReadAsync(Open(use)), Token)));

        Assert.Equal(1, Requests.CountOf("POST", TokenRoute));
        Assert.DoesNotContain(Requests.Counts, count => count.Status == 401);
        Assert.True(await _scenario.Database.ScalarAsync<bool>(
            """
            select token_expires_at > now() + interval '25 minutes' and token_lease_until is null
              from hubspot_connections
            """));
    }

    [Fact]
    public async Task A_revoked_connection_surfaces_and_leaves_no_lease_behind()
    {
        await _scenario.UninstallAsync();

        var refused = await Assert.ThrowsAsync<OAuthException>(() => ReadAsync(Open(0)));

        Assert.True(refused.IsRevoked);
        Assert.True(await _scenario.Database.ScalarAsync<bool>(
            "select token_lease_until is null from hubspot_connections"));
    }

    [Fact]
    public async Task A_refresh_that_a_dead_worker_began_is_taken_over_after_its_lease()
    {
        await _scenario.Database.ExecuteAsync(
            "update hubspot_connections set token_expires_at = now(), token_lease_until = now() + interval '1 second'");

        await ReadAsync(Open(0));

        Assert.Equal(1, Requests.CountOf("POST", TokenRoute));
        Assert.True(await _scenario.Database.ScalarAsync<bool>(
            "select token_expires_at > now() + interval '25 minutes' from hubspot_connections"));
    }

    [Fact]
    public async Task Without_HubSpot_the_old_tokens_stay_and_nobody_waits_for_a_lease()
    {
        var before = await _scenario.Database.ScalarAsync<string>(
            "select access_token || refresh_token from hubspot_connections");
        await _scenario.Database.ExecuteAsync("update hubspot_connections set token_expires_at = now()");
        await _scenario.Fake.SetUnreachableAsync(true);

        await Assert.ThrowsAsync<HubSpotUnavailableException>(() => Open(0).Tokens.GetAsync(Token));

        Assert.Equal(before, await _scenario.Database.ScalarAsync<string>(
            "select access_token || refresh_token from hubspot_connections where token_lease_until is null"));
    }

    /// <summary>A session of its own, on one worker or the other, as each job opens one.</summary>
    private HubSpotSession Open(int use) =>
        _workers[use % 2].GetRequiredService<ConnectionSessions>().Open(_connection, BudgetLane.Person);

    private Task<HubSpotPage> ReadAsync(HubSpotSession session) =>
        _workers[0].GetRequiredService<ObjectReader>().ListAsync(session, Query, null, Token);

    private Task ExpireInAsync(string interval) => _scenario.Database.ExecuteAsync(
        $"update hubspot_connections set token_expires_at = now() + interval '{interval}'");

    private async Task EndTokensAsync()
    {
        using var answer = await _scenario.Fake.Http.PostAsJsonAsync(
            new Uri(_scenario.Fake.Url, "/_fake/clock"), new { advanceSeconds = 1860 }, Token);
        Assert.True(answer.IsSuccessStatusCode);
    }
}
