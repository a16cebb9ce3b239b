using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Pains;

/// <summary>Updates that echo back and forth. HubSpot tells of every change, ours included.</summary>
public sealed class CircleTests(ToldScene scene) : IClassFixture<ToldScene>
{
    private readonly SyncScenario _scenario = scene.Scenario;

    [Fact]
    public async Task Case_and_spacing_send_no_value_round_in_a_circle()
    {
        await _scenario.Database.ExecuteAsync(
            $"""
            insert into customers (id, workspace_id, email, first_name, last_name, phone, website) values
              (gen_random_uuid(), '{_scenario.WorkspaceId}', ' Mixed.Case@Circle.Example ', ' Ann ', 'Circle',
                '+1 (555) 010-0100', 'HTTPS://Circle.Example ')
            """);
        await _scenario.SeeContactAsync("mixed.case@circle.example", _ => true);

        await AssertAtRestAsync("Circle", writesThere: 1, writesHere: 1); // it is a customer there now
    }

    [Fact]
    public async Task A_value_that_goes_there_and_back_again_comes_to_rest()
    {
        var person = await ArriveAsync("back@circle.example", "Back", "A");

        await _scenario.EditHereAsync(person.Customer, "city = 'B'");
        await _scenario.SeeContactAsync("back@circle.example", contact => contact["city"] == "B");
        await _scenario.EditThereAsync(person.Contact, new { city = "A" });
        await SeeCityAsync(person, "A");

        await AssertAtRestAsync("Back", writesThere: 1, writesHere: 2); // the first of which made the customer
    }

    [Fact]
    public async Task Another_program_that_rewrites_whatever_we_write_is_not_answered()
    {
        var person = await ArriveAsync("shout@circle.example", "Shout", "A");

        await _scenario.EditHereAsync(person.Customer, "city = 'Graz'");
        await _scenario.SeeContactAsync("shout@circle.example", contact => contact["city"] == "Graz");
        await _scenario.EditThereAsync(person.Contact, new { city = "GRAZ" }); // as a workflow there does
        await SeeCityAsync(person, "GRAZ");

        await AssertAtRestAsync("Shout", writesThere: 1, writesHere: 2); // as above
    }

    private async Task<Arrived> ArriveAsync(string email, string lastName, string city)
    {
        var id = await _scenario.MakeContactAsync(email, ("lastname", lastName), ("city", city));
        var customer = await Eventually.SeeAsync(
            () => _scenario.CustomerAsync(id), seen => seen is not null, SyncScenario.RunLimit, "the customer");
        await scene.SettleAsync();
        return new Arrived(id, customer!.Id); // seen just before
    }

    private Task SeeCityAsync(Arrived person, string city) => Eventually.SeeAsync(
        () => _scenario.CustomerAsync(person.Contact),
        customer => customer?.City == city,
        SyncScenario.RunLimit,
        $"the city to be {city}");

    /// <summary>All echoes have come, and no run finds anything to do.</summary>
    private async Task AssertAtRestAsync(string lastName, int writesThere, int writesHere)
    {
        await scene.SettleAsync();
        foreach (var run in new[] { await _scenario.LookAtChangesAsync(), await _scenario.LookAtEverythingAsync() })
        {
            Assert.Equal((0, 0, 0), (run.Updated, run.Pushed, run.Failed));
        }

        Assert.Equal((writesThere, writesHere), (await ChangesAsync("HubSpot"), await ChangesAsync("Local")));

        async Task<long> ChangesAsync(string side) => await _scenario.Database.ScalarAsync<long>(
            $"""
            select count(*) from record_changes c join customers r on r.id = c.local_id
              where r.last_name = '{lastName}' and c.side = '{side}' and c.action <> 'Link'
            """);
    }
}
