using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>Where nothing happens, nothing is written: on neither side, by no run, in no account.</summary>
public sealed class IdleTests
{
    /// <summary>Pipelines, owners, and one search for each kind of record.</summary>
    private const int Questions = 5;

    private static readonly string[] Watched =
    [
        "customers", "companies", "deals", "deal_customers", "owners", "pipelines", "stages", "record_links",
        "link_aliases", "awaited_links", "record_outcomes", "record_changes", "field_conflicts", "open_conflicts",
        "sent_writes",
    ];

    [Fact]
    public async Task A_day_on_which_nothing_happens_leaves_both_sides_untouched()
    {
        await using var scenario = await StartAsync(200);
        var time = new MovedTime();
        await scenario.StopWorkersAsync();
        await scenario.Database.ExecuteAsync(
            """
            update hubspot_connections set schedule = '0 0 * * * ?';
            create function at_once() returns trigger language plpgsql as
              $$ begin new.due_at := now(); return new; end $$;
            create trigger runs_at_once before insert on sync_runs for each row execute function at_once();
            """);
        await scenario.StartWorkerAsync(time);
        var (here, there) = (await HereAsync(scenario), await scenario.DumpAsync());
        scenario.Requests().Reset();

        for (var hour = 1; hour <= 24; hour++)
        {
            time.Advance(TimeSpan.FromHours(1));
            await scenario.Fake.AdvanceClockAsync(TimeSpan.FromHours(1));

            // Postgres has a clock that nobody moves: the next time comes to it, and by the trigger the run does.
            await scenario.Database.ExecuteAsync("update hubspot_connections set next_run_at = now()");
            await RunsAreDoneAsync(scenario, hour);
        }

        Assert.Equal(there, await scenario.DumpAsync()); // modified dates are part of it
        Assert.Equal(here, await HereAsync(scenario));
        Assert.Empty(scenario.Writes());
        var tokens = scenario.Requests().CountOf("POST", FakeSteering.TokenRoute); // they live for half an hour
        Assert.Equal((24, 24 * Questions), (tokens, scenario.Requests().Total - tokens));
        Assert.Equal(0, await scenario.Database.ScalarAsync<long>(
            "select sum(created + updated + linked + pushed + failed) from sync_runs where trigger = 'Schedule'"));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(5_000)]
    public async Task A_run_that_finds_nothing_asks_as_little_in_a_large_account_and_writes_nothing(int contacts)
    {
        await using var scenario = await StartAsync(contacts);
        var (here, there) = (await HereAsync(scenario), await scenario.DumpAsync());
        scenario.Requests().Reset();

        var changes = await scenario.RunAsync(RunDepth.Changes);

        Assert.Equal((RunState.Done, RunDepth.Changes), (changes.State, changes.Depth));
        Assert.Equal(Questions, scenario.Requests().Total);
        Assert.Equal(here, await HereAsync(scenario));

        var full = await scenario.RunAsync();

        Assert.Equal((RunState.Done, RunDepth.Full), (full.State, full.Depth));
        Assert.Equal(
            (0, 0, 0, 0, 0), (full.Created, full.Updated, full.Linked, full.Pushed, full.Failed));
        Assert.Empty(scenario.Writes());
        Assert.Equal(here, await HereAsync(scenario));
        Assert.Equal(there, await scenario.DumpAsync());
    }

    [Fact]
    public async Task A_customer_whose_contact_is_out_of_scope_is_not_sent_to_HubSpot_with_every_run()
    {
        await using var scenario = await StartAsync(20);
        var lead = await scenario.Fake.CreateAsync(
            "contacts", new { email = "lead@there.example", lifecyclestage = "lead" });
        await scenario.AddCustomerAsync("lead@there.example");
        await scenario.NothingWaitsAsync();
        Assert.Equal(OutcomeReason.StageNotInScope, (await scenario.OutcomeAsync(lead)).Reason);
        scenario.Requests().Reset();

        await scenario.RunAsync(RunDepth.Changes);

        Assert.Empty(scenario.Writes());
        await scenario.Fake.EditAsync("contacts", lead, new { lifecyclestage = "customer" });
        await scenario.RunAsync(RunDepth.Changes);
        Assert.Equal("lead@there.example", (await scenario.CustomerAsync(lead))?.Email);
    }

    /// <summary>An account in which there was work on both sides, all of it done.</summary>
    private static async Task<SyncScenario> StartAsync(int contacts)
    {
        var scenario = await SyncScenario.StartAsync(
            $"--Fake:Contacts={contacts}", "--Fake:Companies=40", "--Fake:Deals=40", "--Fake:Limits=off");
        await scenario.AddCustomerAsync("only@here.example");
        await scenario.ConnectAsync(SyncMode.TwoWay);
        await scenario.RunAsync();
        await scenario.StagesAreCountedAsync();
        var any = await scenario.QueryAsync(db => db.Links.FirstAsync(link => link.Kind == RecordKind.Contact));
        await scenario.Database.ExecuteAsync($"update customers set city = 'Graz' where id = '{any.LocalId}'");
        await scenario.NothingWaitsAsync();
        await scenario.Fake.AdvanceClockAsync(TimeSpan.FromMinutes(10)); // past what a run looks at once more
        var last = await scenario.RunAsync(RunDepth.Changes);
        Assert.Equal((RunState.Done, 0), (last.State, last.Failed));
        return scenario;
    }

    private static Task<long> RunsAreDoneAsync(SyncScenario scenario, int runs) => Eventually.SeeAsync(
        () => scenario.Database.ScalarAsync<long>(
            "select count(*) from sync_runs where trigger = 'Schedule' and state = 'Done'"),
        done => done == runs,
        SyncScenario.RunLimit,
        $"{runs} runs by schedule");

    /// <summary>Every row with its version: any write, even of equal values, changes it.</summary>
    private static async Task<string> HereAsync(SyncScenario scenario)
    {
        var tables = await Task.WhenAll(Watched.Select(table => scenario.Database.ScalarAsync<string>(
            $"""
            select '{table} ' || count(*) || ' '
                || coalesce(md5(string_agg(t.xmin::text || t.ctid::text || to_jsonb(t)::text, ',' order by t.ctid)), '')
              from {table} t
            """)));
        return string.Join('\n', tables);
    }
}
