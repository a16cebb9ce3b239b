using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace HubSpotSync.Tests.Data;

/// <summary>A due run is given to one worker at a time, and whoever had it before can commit no more.</summary>
public sealed class RunClaimTests : IAsyncLifetime
{
    private CrmHost _host = null!; // xunit initialises it before the test

    public async ValueTask InitializeAsync() => _host = await CrmHost.StartAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Many_claimers_at_once_get_each_run_once()
    {
        var runs = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            runs.Add(await AddRunAsync(await AddConnectionAsync()));
        }

        var claims = await Task.WhenAll(
            Enumerable.Range(0, 12).Select(worker => Task.Run(() => ClaimAsync($"worker {worker}"))));

        Assert.Equal(runs.Order(), claims.OfType<Guid>().Order());
    }

    [Fact]
    public async Task A_held_run_is_not_given_away_until_its_lease_ends_and_the_fence_rises_with_each_claim()
    {
        var connection = await AddConnectionAsync();
        var run = await AddRunAsync(connection);

        Assert.Equal(run, await ClaimAsync("first"));
        Assert.Equal(1, await EpochAsync());
        Assert.Null(await ClaimAsync("second"));
        Assert.Equal(1, await EpochAsync());
        await _host.Database.ExecuteAsync("update sync_runs set lease_until = now() - interval '1 millisecond'");
        Assert.Equal(run, await ClaimAsync("second"));

        Assert.Equal(2, await EpochAsync());
        Assert.Equal("second", await _host.Database.ScalarAsync<string>("select lease_owner from sync_runs"));
        Assert.Equal(2, await _host.Database.ScalarAsync<int>("select attempts from sync_runs"));
    }

    [Theory]
    [InlineData("update hubspot_connections set state = 'NeedsReconnection'")]
    [InlineData("update hubspot_connections set state = 'Disconnected'")]
    [InlineData("update sync_runs set due_at = now() + interval '1 minute'")]
    [InlineData("update sync_runs set state = 'Done'")]
    [InlineData("update sync_runs set state = 'Failed'")]
    [InlineData("update sync_runs set state = 'Cancelled'")]
    public async Task A_run_that_can_not_be_worked_on_is_not_claimed(string because)
    {
        await AddRunAsync(await AddConnectionAsync());

        await _host.Database.ExecuteAsync(because);

        Assert.Null(await ClaimAsync("worker"));
        Assert.Equal(0, await EpochAsync());
    }

    [Fact]
    public async Task The_run_that_is_due_longest_comes_first()
    {
        var late = await AddRunAsync(await AddConnectionAsync());
        var early = await AddRunAsync(await AddConnectionAsync());
        await _host.Database.ExecuteAsync(
            $"update sync_runs set due_at = now() - interval '1 hour' where id = '{early}'");

        Assert.Equal(early, await ClaimAsync("worker"));
        Assert.Equal(late, await ClaimAsync("worker"));
    }

    [Fact]
    public async Task Asking_twice_gives_the_same_run_and_asking_after_its_end_gives_a_new_one()
    {
        var connection = await AddConnectionAsync();

        var asked = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => RequestAsync(connection)));

        var run = Assert.Single(asked.Distinct());
        await _host.Database.ExecuteAsync("update sync_runs set state = 'Done'");
        Assert.NotEqual(run, await RequestAsync(connection));
        Assert.Equal(2, await _host.Database.ScalarAsync<long>("select count(*) from sync_runs"));
    }

    private Task<Guid> RequestAsync(Guid connection) => _host.InAsync(_host.WorkspaceId, async (services, _) =>
    {
        var requests = services.GetRequiredService<RunRequests>();
        var run = await requests.RequestAsync(
            connection, RunTrigger.Manual, RunDepth.Full, null, CancellationToken.None);
        return run.Id;
    });

    private async Task<Guid?> ClaimAsync(string worker)
    {
        // A worker asks before it knows whose run it gets.
        await using var session = await _host.OpenAppSessionAsync(null);
        var claimed = await session.ListAsync<Guid>(
            "select run_id from claim_sync_run($1, interval '6 seconds')", worker);
        return claimed.Count == 0 ? null : Assert.Single(claimed);
    }

    private Task<long> EpochAsync() => _host.Database.ScalarAsync<long>("select max(epoch) from hubspot_connections");

    private Task<Guid> AddConnectionAsync() => SyncRows.AddConnectionAsync(_host.Database, _host.WorkspaceId);

    private Task<Guid> AddRunAsync(Guid connection) =>
        SyncRows.AddRunAsync(_host.Database, _host.WorkspaceId, connection);
}
