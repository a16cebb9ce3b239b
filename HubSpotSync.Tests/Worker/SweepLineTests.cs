using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Npgsql;

namespace HubSpotSync.Tests.Worker;

/// <summary>The next pages of a list are looked at while the ones before are written.</summary>
public sealed class SweepLineTests
{
    private static readonly string[] Many =
        ["--Fake:Contacts=2600", "--Fake:Companies=0", "--Fake:Deals=0", "--Fake:Limits=off", "--Fake:LatencyMs=20"];

    /// <summary>For what <see cref="HoldAsync"/> gives.</summary>
    private const string WaitsForIt = "perform pg_advisory_xact_lock_shared(77)";

    [Fact]
    public async Task Where_a_page_is_not_written_none_behind_it_is_and_the_checkpoint_stays()
    {
        await using var scenario = await SyncScenario.StartAsync(Many);
        var run = await StartAsync(scenario, "raise 'not this one'");

        await Eventually.SeeAsync(
            () => scenario.ReadRunAsync(run.Id),
            seen => seen.Attempts > 1,
            SyncScenario.RunLimit,
            "the run to have been tried twice");

        Assert.Equal(0, await scenario.Database.ScalarAsync<long>("select count(*) from customers"));
        Assert.Equal(0, await scenario.Database.ScalarAsync<long>(
            "select count(*) from run_checkpoints where step = 'Contacts'"));

        await scenario.Database.ExecuteAsync("drop trigger met on customers");
        var end = await scenario.WaitForEndAsync(run.Id);
        Assert.Equal((RunState.Done, 0), (end.State, end.Failed));
        Assert.Equal(
            end.Created, await scenario.Database.ScalarAsync<long>("select count(*) from record_links"));
    }

    [Fact]
    public async Task Pages_behind_one_that_takes_long_give_way_and_are_written_after_it()
    {
        await using var scenario = await SyncScenario.StartAsync(Many);
        await using var other = await HoldAsync(scenario);
        var run = await StartAsync(scenario, WaitsForIt);
        await scenario.Database.SeeLockWaitAsync("the first pages to take long");

        var before = await GivenUpAsync();
        await Eventually.BeTrueAsync(
            async () => await GivenUpAsync() > before, SyncScenario.RunLimit, "pages behind them to give way");
        Assert.Equal(0, await scenario.Database.ScalarAsync<long>("select count(*) from customers"));
        await other.CloseAsync();

        var end = await scenario.WaitForEndAsync(run.Id);
        Assert.Equal((RunState.Done, 0), (end.State, end.Failed));
        Assert.Equal(
            end.Created, await scenario.Database.ScalarAsync<long>("select count(*) from record_links"));
        Assert.DoesNotContain(scenario.Log.Lines, line => line.Contains("Let go", StringComparison.Ordinal));

        Task<long> GivenUpAsync() => scenario.Database.ScalarAsync<long>(
            "select xact_rollback from pg_stat_database where datname = current_database()");
    }

    [Fact]
    public async Task Sessions_that_end_with_two_pages_on_their_way_cost_no_record()
    {
        await using var scenario = await SyncScenario.StartAsync(Many);
        await using var other = await HoldAsync(scenario);
        var run = await StartAsync(scenario, WaitsForIt);
        await scenario.Database.SeeLockWaitAsync("the first pages to take long");
        await Eventually.BeTrueAsync(
            () => scenario.Database.ScalarAsync<bool>(
                """
                select count(distinct l.pid) > 1 from pg_locks l join pg_stat_activity a on a.pid = l.pid
                  where a.datname = current_database() and a.usename = 'hubspotsync_app'
                    and l.relation = 'customers'::regclass and l.mode = 'RowExclusiveLock'
                """),
            SyncScenario.RunLimit,
            "the pages behind them to be written as well");

        await scenario.Database.ExecuteAsync(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
              where datname = current_database() and usename = 'hubspotsync_app' and xact_start is not null
            """);
        await other.CloseAsync();

        var end = await scenario.WaitForEndAsync(run.Id);
        Assert.Equal((RunState.Done, 0), (end.State, end.Failed));
        Assert.Equal((await FakeContacts.ReadAsync(scenario.Fake)).Count, end.Processed); // none was counted twice
        Assert.Equal(
            end.Created, await scenario.Database.ScalarAsync<long>("select count(*) from record_links"));
    }

    private static async Task<NpgsqlConnection> HoldAsync(SyncScenario scenario)
    {
        var other = new NpgsqlConnection(scenario.Database.OwnerConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using var hold = new NpgsqlCommand("select pg_advisory_lock(77)", other);
        await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        return other;
    }

    /// <summary>A first run that meets this where it writes the first contact.</summary>
    private static async Task<SyncRun> StartAsync(SyncScenario scenario, string statement)
    {
        await scenario.PauseWorkersAsync();
        var first = (await FakeContacts.ReadAsync(scenario.Fake))
            .Where(contact => SyncScenario.DefaultStages.Contains(contact["lifecyclestage"]))
            .Where(contact => contact["email"] is not null)
            .MinBy(contact => contact.Id)!; // the fake makes some
        await scenario.Database.ExecuteAsync(
            $$"""
            create function meet() returns trigger language plpgsql as
              $f$ begin {{statement}}; return new; end $f$;
            create trigger met before insert on customers for each row
              when (new.email = '{{first["email"]}}') execute function meet()
            """);
        await scenario.ConnectAsync();
        await scenario.StartWorkerAsync();
        return await scenario.RequestRunAsync();
    }
}
