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
        const int Lock = 77;
        await using var scenario = await SyncScenario.StartAsync(Many);
        await using var other = new NpgsqlConnection(scenario.Database.OwnerConnectionString);
        await other.OpenAsync(TestContext.Current.CancellationToken);
        await using (var hold = new NpgsqlCommand($"select pg_advisory_lock({Lock})", other))
        {
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        var run = await StartAsync(scenario, $"perform pg_advisory_xact_lock_shared({Lock})");
        await Eventually.BeTrueAsync(
            () => scenario.Database.ScalarAsync<bool>(
                "select exists (select from pg_locks where locktype = 'advisory' and not granted and objid = 77)"),
            SyncScenario.RunLimit,
            "the first pages to take long");
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
