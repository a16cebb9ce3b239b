using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Connections;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>Good data overwritten: on reconnecting, by blanks, and with no way back.</summary>
public sealed class OverwrittenDataTests(ConnectedScene scene) : IClassFixture<ConnectedScene>
{
    private readonly SyncScenario _scenario = scene.Scenario;

    [Fact]
    public async Task Connecting_again_after_a_disconnect_overwrites_nothing_newer()
    {
        var newerHere = await _scenario.ArriveAsync("here@again.example", ("city", "Before"));
        var newerThere = await _scenario.ArriveAsync("there@again.example", ("city", "Before"));
        await DisconnectAsync();

        await _scenario.EditThereAsync(newerHere.Contact, new { city = "There", jobtitle = "Only there" });
        await _scenario.EditHereAsync(newerHere.Customer, "city = 'Here', state = 'Only here'");
        await _scenario.EditHereAsync(newerThere.Customer, "city = 'Here'");
        await _scenario.EditThereAsync(newerThere.Contact, new { city = "There" });
        await _scenario.ConnectAsync();
        await _scenario.LookAtEverythingAsync();

        Assert.Equal(("Here", "Only there", "Only here"), await HereAsync(newerHere));
        Assert.Equal(("Here", "Only there", "Only here"), await ThereAsync(newerHere));
        Assert.Equal("There", (await HereAsync(newerThere)).City);
        Assert.Equal("There", (await ThereAsync(newerThere)).City);
        Assert.Equal("There", await LosingAsync(newerHere, "hubspot_value"));
        Assert.Equal("Here", await LosingAsync(newerThere, "local_value"));
    }

    [Fact]
    public async Task A_blank_clears_only_where_the_rules_say_so()
    {
        await _scenario.ChangeRulesAsync(connection =>
            connection.ContactRules = new() { ["website"] = new FieldRule(Blank: BlankRule.NeverClears) });
        var person = await _scenario.ArriveAsync(
            "blank@again.example", ("website", "https://kept.example"), ("jobtitle", "Buyer"));

        await _scenario.EditThereAsync(person.Contact, new { website = "", jobtitle = "" });
        await _scenario.LookAtChangesAsync();
        await _scenario.ChangeRulesAsync(connection => connection.ContactRules = []);

        var customer = (await _scenario.CustomerAsync(person.Contact))!; // it is linked
        Assert.Equal(("https://kept.example", null), (customer.Website, customer.JobTitle));
        var contact = await _scenario.ContactAsync(person.Contact);
        Assert.Equal(("https://kept.example", null), (contact["website"], contact["jobtitle"]));
    }

    [Fact]
    public async Task Every_write_has_before_and_after_and_the_losing_value_is_kept()
    {
        var person = await _scenario.ArriveAsync("undo@again.example", ("city", "A"));

        await _scenario.EditThereAsync(person.Contact, new { city = "B" });
        await _scenario.LookAtChangesAsync();
        await _scenario.EditHereAndPushAsync(person.Customer, "job_title = 'Buyer'");
        await _scenario.EditThereAsync(person.Contact, new { city = "C" });
        await _scenario.EditHereAndPushAsync(person.Customer, "city = 'D'");

        Assert.Equal(
            [
                """Local Create city [null, "A"]""",
                """Local Update city ["A", "B"]""",
                """HubSpot Update job_title [null, "Buyer"]""",
                """HubSpot Update city ["C", "D"]""",
            ],
            await _scenario.Database.ListAsync<string>(
                $"""
                select side || ' ' || action || ' ' || field.key || ' ' || field.value
                  from record_changes, jsonb_each(fields) field
                  where local_id = '{person.Customer}' and field.key in ('city', 'job_title') and cause <> ''
                  order by id
                """));
        Assert.Equal("C", await LosingAsync(person, "hubspot_value"));
    }

    [Fact]
    public async Task A_creation_in_HubSpot_is_written_down_whole()
    {
        await _scenario.AddCustomerAsync("made@again.example", "Made");
        await _scenario.NothingWaitsAsync();

        Assert.Equal(
            [
                """email [null, "made@again.example"]""",
                """last_name [null, "Made"]""",
                """lifecycle_stage [null, "customer"]""",
            ],
            await _scenario.Database.ListAsync<string>(
                """
                select field.key || ' ' || field.value
                  from record_changes c join customers r on r.id = c.local_id, jsonb_each(c.fields) field
                  where r.last_name = 'Made' and c.side = 'HubSpot' and c.action = 'Create' order by field.key
                """));
    }

    private async Task DisconnectAsync()
    {
        await _scenario.Database.ExecuteAsync( // as the portal's page does it
            "update hubspot_connections set state = 'Disconnecting', state_since = now()");
        await Eventually.SeeAsync(
            () => _scenario.QueryAsync(db => db.Connections.AsNoTracking().SingleAsync()),
            seen => seen.State == ConnectionState.Disconnected,
            SyncScenario.RunLimit,
            "the account to be disconnected");
    }

    private async Task<(string? City, string? JobTitle, string? State)> HereAsync(Arrived person)
    {
        var customer = (await _scenario.CustomerAsync(person.Contact))!; // it is linked
        return (customer.City, customer.JobTitle, customer.State);
    }

    private async Task<(string? City, string? JobTitle, string? State)> ThereAsync(Arrived person)
    {
        var contact = await _scenario.ContactAsync(person.Contact);
        return (contact["city"], contact["jobtitle"], contact["state"]);
    }

    private Task<string> LosingAsync(Arrived person, string side) => _scenario.Database.ScalarAsync<string>(
        $"select {side} from field_conflicts where local_id = '{person.Customer}' and field = 'city'");
}
