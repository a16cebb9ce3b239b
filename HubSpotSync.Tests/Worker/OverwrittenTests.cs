using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>
/// HubSpot has no "write only if unchanged": an edit there may fall between our read and our write. It comes back.
/// </summary>
public sealed class OverwrittenTests
{
    private const string Email = "window@race.example";

    [Fact]
    public async Task An_edit_under_our_write_is_back_on_both_sides_after_one_run()
    {
        await using var scenario = await StartAsync();
        var id = await RaceAsync(scenario);

        await scenario.RunAsync(RunDepth.Changes);
        await scenario.NothingWaitsAsync();

        Assert.Equal("Theirs", (await scenario.CustomerAsync(id))!.City); // it is linked
        Assert.Equal("Theirs", (await scenario.ContactAsync(id))["city"]);
        var changes = await scenario.QueryAsync(db => db.Changes.AsNoTracking()
            .Where(change => change.HubspotId == id).OrderBy(change => change.Id)
            .Select(change => change.Cause).ToListAsync());
        Assert.Contains(changes, cause => cause.Contains("in the moment when we wrote", StringComparison.Ordinal));
        Assert.Equal("Ours", await scenario.Database.ScalarAsync<string>(
            "select local_value from field_conflicts where field = 'city' order by id desc limit 1"));
    }

    [Fact]
    public async Task An_edit_of_a_field_with_a_value_table_is_back_in_the_words_of_each_side()
    {
        await using var scenario = await StartAsync();
        var tier = new FieldDefinition("tier", "salutation", FieldType.Text)
        {
            IsCustom = true,
            Values = new ValueTable([new("T1", "gold"), new("T2", "silver"), new("T3", "bronze")]),
        };
        await scenario.ChangeRulesAsync(
            connection => connection.CustomFields = [new CustomField(RecordKind.Contact, tier)]);
        var id = await RaceAsync(
            scenario,
            """custom = custom || '{"tier": "silver"}'""",
            new { salutation = "T3" },
            contact => contact["salutation"] == "T2");

        await scenario.RunAsync(RunDepth.Changes);
        await scenario.NothingWaitsAsync();

        var customer = (await scenario.CustomerAsync(id))!; // it is linked
        Assert.Equal("bronze", await scenario.CustomAsync<string>(customer.Id, "tier"));
        Assert.Equal("T3", (await scenario.ContactAsync(id))["salutation"]);
    }

    [Fact]
    public async Task A_customer_who_is_archived_meanwhile_has_it_when_taken_back()
    {
        await using var scenario = await StartAsync();
        var id = await RaceAsync(scenario);
        await scenario.Database.ExecuteAsync($"update customers set archived_at = now() where email = '{Email}'");
        await scenario.RunAsync(RunDepth.Changes);
        await scenario.NothingWaitsAsync();

        await scenario.Database.ExecuteAsync($"update customers set archived_at = null where email = '{Email}'");
        await scenario.NothingWaitsAsync();

        Assert.Equal("Theirs", (await scenario.CustomerAsync(id))!.City); // it is linked
        Assert.Equal("Theirs", (await scenario.ContactAsync(id))["city"]);
    }

    [Fact]
    public async Task Where_nothing_was_overwritten_nothing_is_written_and_the_note_goes()
    {
        await using var scenario = await StartAsync();
        await scenario.AddCustomerAsync(Email);
        var contact = await scenario.SeeContactAsync(Email, _ => true);
        await scenario.Database.ExecuteAsync($"update customers set city = 'Ours' where email = '{Email}'");
        await scenario.SeeContactAsync(Email, seen => seen["city"] == "Ours");
        await scenario.NothingWaitsAsync();

        var run = await scenario.RunAsync(RunDepth.Changes);

        Assert.Equal((0, 0), (run.Updated, run.Failed));
        Assert.Equal(0, await scenario.Database.ScalarAsync<long>("select count(*) from sent_writes"));
        Assert.Equal("Ours", (await scenario.ContactAsync(contact.Id))["city"]);
    }

    /// <summary>
    /// HubSpot takes its time to write what we send, and somebody edits the same field there meanwhile.
    /// </summary>
    private static Task<long> RaceAsync(SyncScenario scenario) => RaceAsync(
        scenario, "city = 'Ours'", new { city = "Theirs" }, contact => contact["city"] == "Ours");

    private static async Task<long> RaceAsync(
        SyncScenario scenario, string ours, object theirs, Func<FakeContact, bool> isOurs)
    {
        await scenario.AddCustomerAsync(Email);
        var contact = await scenario.SeeContactAsync(Email, _ => true);
        await scenario.NothingWaitsAsync();
        await scenario.Fake.AddFaultAsync(
            new { kind = "delay", delayMs = 1500, method = "POST", path = "*/contacts/batch/update" });
        await scenario.Database.ExecuteAsync($"update customers set {ours} where email = '{Email}'");
        await Eventually.SeeAsync(
            () => scenario.Database.ScalarAsync<long>("select count(*) from sent_writes where answered_at is null"),
            sent => sent > 0, SyncScenario.RunLimit, "the write to be on its way");

        await scenario.Fake.EditAsync("contacts", contact.Id, theirs);
        await scenario.SeeContactAsync(Email, isOurs);
        await scenario.NothingWaitsAsync();
        return contact.Id;
    }

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        return scenario;
    }
}
