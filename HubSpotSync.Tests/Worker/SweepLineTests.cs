using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

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
        await scenario.PauseWorkersAsync();
        var first = (await FakeContacts.ReadAsync(scenario.Fake))
            .Where(contact => SyncScenario.DefaultStages.Contains(contact["lifecyclestage"]))
            .Where(contact => contact["email"] is not null)
            .MinBy(contact => contact.Id)!; // the fake makes some
        await scenario.Database.ExecuteAsync(
            $$"""
            create function refuse() returns trigger language plpgsql as
              $f$ begin raise 'not this one'; end $f$;
            create trigger refused before insert on customers for each row
              when (new.email = '{{first["email"]}}') execute function refuse()
            """);
        await scenario.ConnectAsync();
        await scenario.StartWorkerAsync();
        var run = await scenario.RequestRunAsync();

        await Eventually.SeeAsync(
            () => scenario.ReadRunAsync(run.Id),
            seen => seen.Attempts > 1,
            SyncScenario.RunLimit,
            "the run to have been tried twice");

        Assert.Equal(0, await scenario.Database.ScalarAsync<long>("select count(*) from customers"));
        Assert.Equal(0, await scenario.Database.ScalarAsync<long>(
            "select count(*) from run_checkpoints where step = 'Contacts'"));

        await scenario.Database.ExecuteAsync("drop trigger refused on customers");
        var end = await scenario.WaitForEndAsync(run.Id);
        Assert.Equal((RunState.Done, 0), (end.State, end.Failed));
        Assert.Equal(
            end.Created, await scenario.Database.ScalarAsync<long>("select count(*) from record_links"));
    }
}
