using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Pains;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Worker;

/// <summary>One record makes an error that nobody has thought of; all others are synced.</summary>
public sealed class OwnErrorTests
{
    private const string Fatal = "fatal@bug.example";

    private static readonly string[] Some =
        ["--Fake:Contacts=150", "--Fake:Companies=0", "--Fake:Deals=0", "--Fake:Limits=off"];

    [Fact]
    public async Task A_run_leaves_its_page_out_and_brings_the_others_by_themselves()
    {
        await using var scenario = await SyncScenario.StartAsync(Some);
        await FailAtAsync(scenario, "customers", $"new.email = '{Fatal}'");
        var id = await scenario.MakeContactAsync(Fatal, ("lifecyclestage", "customer"));
        await scenario.ConnectAsync(SyncMode.TwoWay, "customer", "subscriber", "lead", "opportunity");
        var run = await scenario.RequestRunAsync();

        await HurryUntilAsync(scenario, "not exists (select from sync_runs where finished_at is null)", "it to end");
        var ended = await scenario.ReadRunAsync(run.Id);
        Assert.Equal(RunState.Done, ended.State);
        Assert.True(ended.Failed > 1, "A page that was left out failed with all its records.");
        await HurryUntilAsync(scenario, OnlyOneIsLeft, "the others to come");

        var outcome = await scenario.OutcomeAsync(id);
        Assert.Equal((OutcomeState.Failing, OutcomeReason.ErrorOfOurs), (outcome.State, outcome.Reason));
        Assert.Equal(1L, await scenario.Database.ScalarAsync<long>(
            "select count(*) from record_outcomes where state = 'Failing'"));
        var come = await scenario.CustomersAsync();
        Assert.DoesNotContain(come, customer => customer.Email == Fatal);

        await scenario.Database.ExecuteAsync("drop trigger fails on customers");
        await scenario.Database.ExecuteAsync("update sync_requests set due_at = now()");
        await HurryUntilAsync(scenario, "not exists (select from sync_requests)", "the last one to come");
        Assert.NotNull(await scenario.CustomerAsync(id));
    }

    [Fact]
    public async Task Of_requests_that_fail_together_all_others_are_answered()
    {
        await using var scenario = await SyncScenario.StartAsync(Some);
        await scenario.ConnectAsync(SyncMode.TwoWay, "customer", "subscriber", "lead", "opportunity");
        Assert.Equal(RunState.Done, (await scenario.RunAsync()).State);
        var fatal = await scenario.Database.ScalarAsync<long>("select min(hubspot_id) from record_links");
        await FailAtAsync(scenario, "record_outcomes", $"new.hubspot_id = {fatal}");

        await scenario.Database.ExecuteAsync(
            """
            insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id, from_hubspot)
              select connection_id, kind, 'h' || hubspot_id, workspace_id, hubspot_id, true from record_links
            """);
        await HurryUntilAsync(scenario, OnlyOneIsLeft, "the others to be answered");
    }

    [Fact]
    public async Task Waiting_for_HubSpot_is_none_however_long_it_takes()
    {
        await using var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync(SyncMode.TwoWay, "customer", "subscriber", "lead", "opportunity");
        Assert.Equal(RunState.Done, (await scenario.RunAsync()).State);
        await scenario.StopWorkersAsync();
        var ask = "insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id, from_hubspot) "
            + "select connection_id, kind, record_key, workspace_id, hubspot_id, true from record_outcomes limit 1";
        await scenario.Database.ExecuteAsync(ask);

        await scenario.Fake.ChangeSettingsAsync(new { latencyMs = 5_000 });
        await scenario.StartWorkerAsync(new MovedTime()); // a page has a little more than a second
        await Eventually.BeTrueAsync(
            () => scenario.Database.ScalarAsync<bool>(
                "select coalesce(bool_and(last_error like 'HubSpot takes long%'), false) from sync_requests"),
            SyncScenario.RunLimit,
            "the request to be put off");
        Assert.Equal(0, await scenario.Database.ScalarAsync<int>("select max(errors) from sync_requests"));

        await scenario.Fake.ChangeSettingsAsync(new { latencyMs = 0 });
        await HurryUntilAsync(scenario, "not exists (select from sync_requests)", "the request to be answered");
    }

    /// <summary>The one that fails, alone, and not given up yet, which it is after eight errors.</summary>
    private const string OnlyOneIsLeft =
        "(select count(*) = 1 and min(errors) > 3 and min(parked_at) is null from sync_requests)";

    /// <summary>A bug.</summary>
    private static Task FailAtAsync(SyncScenario scenario, string table, string condition) =>
        scenario.Database.ExecuteAsync(
            $"""
            create function fails() returns trigger language plpgsql as
              $$ begin raise exception 'nobody thought of it'; end $$;
            create trigger fails before insert or update on {table} for each row when ({condition})
              execute function fails()
            """);

    /// <summary>Waits without the pauses between the first attempts.</summary>
    private static Task HurryUntilAsync(SyncScenario scenario, string condition, string what) => Eventually.BeTrueAsync(
        () => scenario.Database.ScalarAsync<bool>(
            $"""
            with runs as (update sync_runs set due_at = now() where wait_until is not null and due_at > now()),
            requests as (
              update sync_requests set due_at = now() where due_at > now() and parked_at is null and errors < 4)
            select {condition}
            """),
        SyncScenario.RunLimit,
        what);
}
