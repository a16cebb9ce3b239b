using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>
/// Filters that only work once, lifecycle stages that move by themselves, and modified dates that say nothing.
/// </summary>
public sealed class FilterTests(ConnectedScene scene) : IClassFixture<ConnectedScene>
{
    private readonly SyncScenario _scenario = scene.Scenario;

    [Fact]
    public async Task A_contact_that_leaves_the_filter_after_the_first_sync_is_left_alone_until_it_comes_back()
    {
        var person = await _scenario.ArriveAsync("leaver@filter.example", ("city", "Graz"));

        await _scenario.EditThereAsync(person.Contact, new { lifecyclestage = "lead", city = "Lund" });
        await _scenario.LookAtChangesAsync();
        await _scenario.EditHereAndPushAsync(person.Customer, "job_title = 'Buyer'");

        var outcome = await _scenario.OutcomeAsync(person.Contact);
        Assert.Equal(
            (OutcomeState.Excluded, OutcomeReason.StageNotInScope, "lead"),
            (outcome.State, outcome.Reason, outcome.Detail));
        Assert.Equal("Graz", (await _scenario.CustomerAsync(person.Contact))?.City);
        Assert.Null((await _scenario.ContactAsync(person.Contact))["jobtitle"]);

        await _scenario.EditThereAsync(person.Contact, new { lifecyclestage = "customer" });
        await _scenario.LookAtChangesAsync();

        Assert.Equal("Lund", (await _scenario.CustomerAsync(person.Contact))?.City);
        Assert.Equal("Buyer", (await _scenario.ContactAsync(person.Contact))["jobtitle"]);
    }

    [Fact]
    public async Task A_contact_that_never_matched_the_filter_does_not_come_later()
    {
        var lead = await _scenario.MakeContactAsync("lead@filter.example", ("lifecyclestage", "lead"));
        await _scenario.LookAtChangesAsync();
        await _scenario.EditThereAsync(lead, new { city = "Graz" });
        await _scenario.LookAtChangesAsync();
        await _scenario.LookAtEverythingAsync();

        Assert.Null(await _scenario.CustomerAsync(lead));
        Assert.Equal(OutcomeReason.StageNotInScope, (await _scenario.OutcomeAsync(lead)).Reason);
    }

    [Fact]
    public async Task The_lifecycle_stage_is_never_written_backwards()
    {
        await _scenario.ChangeRulesAsync(connection => connection.ContactRules = new()
        {
            ["lifecycle_stage"] = new FieldRule(FieldDirection.Both, ConflictRule.Local), // which nobody may choose
        });
        var linked = await _scenario.ArriveAsync("linked@stage.example");
        var elsewhere = await _scenario.MakeContactAsync("elsewhere@stage.example", ("lifecyclestage", "evangelist"));

        await _scenario.EditHereAndPushAsync(linked.Customer, "lifecycle_stage = 'subscriber', city = 'Graz'");
        await _scenario.AddCustomerAsync("elsewhere@stage.example");
        await _scenario.AddCustomerAsync("new@stage.example");
        await _scenario.EditHereWhereAsync("email = 'new@stage.example'", "lifecycle_stage = 'lead'");
        await _scenario.NothingWaitsAsync();
        await _scenario.LookAtEverythingAsync();
        await _scenario.ChangeRulesAsync(connection => connection.ContactRules = []);

        Assert.Equal("customer", (await _scenario.CustomerAsync(linked.Contact))?.LifecycleStage);
        Assert.Equal(("customer", "Graz"), await StageAndCityAsync(linked.Contact));
        Assert.Equal("evangelist", (await StageAndCityAsync(elsewhere)).Stage);
        Assert.Equal(
            "customer", (await _scenario.SeeContactAsync("new@stage.example", _ => true))["lifecyclestage"]);
        Assert.Equal(0, await _scenario.Database.ScalarAsync<long>( // nobody who had one was sent another
            """
            select count(*) from record_changes
              where side = 'HubSpot' and fields -> 'lifecycle_stage' ->> 0 is not null
            """));
    }

    [Fact]
    public async Task Modified_dates_that_move_without_a_change_cause_no_write()
    {
        await _scenario.ArriveAsync("noise@filter.example");
        await _scenario.LookAtChangesAsync();
        var before = await HereAsync();
        await _scenario.BurstAsync(
            "contacts", new { count = 1000, edit = true, properties = new { hs_lead_status = "OPEN" } });
        foreach (var type in (string[])["companies", "deals"])
        {
            await _scenario.BurstAsync(type, new { count = 1000, edit = true, properties = new { description = "" } });
        }

        var there = await _scenario.DumpAsync();
        _scenario.Requests().Reset();

        var run = await _scenario.LookAtChangesAsync();

        Assert.True(run.Processed > 0); // they were found, and looked at
        Assert.Equal((0, 0, 0), (run.Updated, run.Pushed, run.Failed));
        Assert.Equal(before, await HereAsync());
        Assert.Equal(there, await _scenario.DumpAsync());
        Assert.Empty(_scenario.Writes());
    }

    private async Task<(string? Stage, string? City)> StageAndCityAsync(long id)
    {
        var contact = await _scenario.ContactAsync(id);
        return (contact["lifecyclestage"], contact["city"]);
    }

    private async Task<string> HereAsync()
    {
        string[] tables = ["customers", "companies", "deals", "record_changes", "record_outcomes"];
        var rows = await Task.WhenAll(tables.Select(table => _scenario.Database.ListAsync<string>(
            $"select t.xmin::text || to_jsonb(t) from {table} t order by 1")));
        return string.Join('\n', rows.SelectMany(table => table));
    }
}
