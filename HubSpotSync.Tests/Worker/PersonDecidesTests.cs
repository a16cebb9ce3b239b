using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Links;
using HubSpotSync.Data.Requests;
using HubSpotSync.Data.Runs;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>What only a person may decide: fields edited on both sides, and customers who are one.</summary>
public sealed class PersonDecidesTests
{
    private const string Email = "both@decide.example";

    [Theory]
    [InlineData(ConflictWinner.Local, "Ours")]
    [InlineData(ConflictWinner.HubSpot, "Theirs")]
    public async Task A_field_that_asks_waits_and_follows_the_answer_on_both_sides(ConflictWinner winner, string value)
    {
        await using var scenario = await StartAsync();
        var id = await ConflictAsync(scenario);

        var customer = (await scenario.CustomerAsync(id))!; // it is linked
        Assert.Equal(("Ours", "Theirs"), (customer.City, (await scenario.ContactAsync(id))["city"]));
        var outcome = await scenario.OutcomeAsync(id);
        Assert.Equal(
            (OutcomeState.Failing, OutcomeReason.AwaitsDecision, "City"),
            (outcome.State, outcome.Reason, outcome.Detail));

        var again = await scenario.RunAsync();
        Assert.Equal(0, again.Updated);
        await DecideAsync(scenario, customer.Id, winner);
        await scenario.NothingWaitsAsync();

        Assert.Equal(value, (await scenario.CustomerAsync(id))!.City); // as above
        Assert.Equal(value, (await scenario.ContactAsync(id))["city"]);
        Assert.Equal(OutcomeState.InSync, (await scenario.OutcomeAsync(id)).State);
        var kept = await scenario.QueryAsync(db => db.Conflicts.AsNoTracking().SingleAsync());
        Assert.Equal(("Ours", "Theirs", winner.ToString()), (kept.LocalValue, kept.HubspotValue, kept.Winner));
    }

    [Fact]
    public async Task A_question_ends_by_itself_when_both_sides_come_to_agree()
    {
        await using var scenario = await StartAsync();
        var id = await ConflictAsync(scenario);

        await scenario.Fake.EditAsync("contacts", id, new { city = "Ours" });
        await scenario.RunAsync(RunDepth.Changes);

        Assert.Equal(0, await scenario.Database.ScalarAsync<long>("select count(*) from open_conflicts"));
        Assert.Equal(OutcomeState.InSync, (await scenario.OutcomeAsync(id)).State);
    }

    [Fact]
    public async Task Sync_this_record_looks_at_both_sides_at_once()
    {
        await using var scenario = await StartAsync();
        await scenario.AddCustomerAsync(Email);
        var contact = await scenario.SeeContactAsync(Email, _ => true);
        await scenario.NothingWaitsAsync();
        await scenario.Fake.EditAsync("contacts", contact.Id, new { city = "Fresh" });
        var before = (await scenario.OutcomeAsync(contact.Id)).At;

        await scenario.WithAsync(async (_, db) =>
        {
            await new RecordRequests(db).AskAsync(
                scenario.ConnectionId, RecordKind.Contact, new RecordKey(contact.Id, null), null,
                TestContext.Current.CancellationToken);
            return 0;
        });
        await scenario.NothingWaitsAsync();

        Assert.Equal("Fresh", (await scenario.CustomerAsync(contact.Id))!.City); // it is linked
        Assert.True((await scenario.OutcomeAsync(contact.Id)).At > before);
    }

    [Fact]
    public async Task A_detached_pair_is_left_alone_on_both_sides_until_it_is_attached_again()
    {
        await using var scenario = await StartAsync();
        await scenario.AddCustomerAsync(Email);
        var contact = await scenario.SeeContactAsync(Email, _ => true);
        await scenario.NothingWaitsAsync();
        Assert.True(await scenario.WithAsync((_, db) => new LinkDecisions(db).SetApartAsync(
            scenario.ConnectionId, RecordKind.Contact, contact.Id, null, TestContext.Current.CancellationToken)));
        await scenario.Fake.EditAsync("contacts", contact.Id, new { city = "Fresh" });
        await scenario.Database.ExecuteAsync("update customers set job_title = 'Ours'");
        await scenario.NothingWaitsAsync();

        await scenario.RunAsync();

        Assert.Null((await scenario.CustomerAsync(contact.Id))!.City); // it is linked
        Assert.NotEqual("Ours", (await scenario.ContactAsync(contact.Id))["jobtitle"]);
        var outcome = await scenario.OutcomeAsync(contact.Id);
        Assert.Equal((OutcomeState.Excluded, OutcomeReason.SetApart), (outcome.State, outcome.Reason));
        Assert.True(await scenario.WithAsync((_, db) => new LinkDecisions(db).TakeBackAsync(
            scenario.ConnectionId, RecordKind.Contact, contact.Id, TestContext.Current.CancellationToken)));
        await scenario.RunAsync();
        Assert.Equal("Fresh", (await scenario.CustomerAsync(contact.Id))!.City); // as above
        Assert.Equal("Ours", (await scenario.ContactAsync(contact.Id))["jobtitle"]);
        Assert.Equal(OutcomeState.InSync, (await scenario.OutcomeAsync(contact.Id)).State);
    }

    [Fact]
    public async Task Merging_two_customers_here_moves_the_link_and_sends_the_chosen_values()
    {
        await using var scenario = await StartAsync();
        await scenario.AddCustomerAsync("linked@decide.example", "Linked");
        var contact = await scenario.SeeContactAsync("linked@decide.example", _ => true);
        await scenario.NothingWaitsAsync();
        await scenario.PauseWorkersAsync();
        await scenario.AddCustomerAsync("stays@decide.example", "Stays");
        var (linked, stays) = (await IdAsync(scenario, "Linked"), await IdAsync(scenario, "Stays"));

        Assert.Equal(MergeAnswer.Merged, await MergeAsync(scenario, stays, linked, StandardFields.Email));
        Assert.Equal(MergeAnswer.AlreadyDone, await MergeAsync(scenario, stays, linked));
        await scenario.StartWorkerAsync();
        await scenario.NothingWaitsAsync();

        var customer = (await scenario.CustomerAsync(contact.Id))!; // the link moved
        Assert.Equal((stays, "linked@decide.example", "Stays"), (customer.Id, customer.Email, customer.LastName));
        Assert.Equal("Stays", (await scenario.ContactAsync(contact.Id))["lastname"]);
        Assert.Single(await FakeContacts.ReadAsync(scenario.Fake), one => one["lastname"] == "Stays");
        var gone = await scenario.QueryAsync(db => db.Customers.AsNoTracking().SingleAsync(one => one.Id == linked));
        Assert.Equal(stays, gone.MergedInto);
        Assert.NotNull(gone.ArchivedAt);
    }

    [Fact]
    public async Task Where_both_are_linked_the_other_contact_stays_in_HubSpot_and_says_why_it_is_not_synced()
    {
        await using var scenario = await StartAsync();
        await scenario.AddCustomerAsync("goes@decide.example", "Goes");
        await scenario.AddCustomerAsync("stays@decide.example", "Stays");
        var goes = await scenario.SeeContactAsync("goes@decide.example", _ => true);
        await scenario.SeeContactAsync("stays@decide.example", _ => true);
        await scenario.NothingWaitsAsync();

        await MergeAsync(scenario, await IdAsync(scenario, "Stays"), await IdAsync(scenario, "Goes"));
        await scenario.NothingWaitsAsync();
        await scenario.Fake.EditAsync("contacts", goes.Id, new { city = "Elsewhere" });
        await scenario.RunAsync();

        Assert.Equal(OutcomeReason.MergedHere, (await scenario.OutcomeAsync(goes.Id)).Reason);
        Assert.Null((await scenario.CustomerAsync(goes.Id))!.City); // the link stays
        Assert.Equal("goes@decide.example", (await scenario.ContactAsync(goes.Id))["email"]);
    }

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        await scenario.ChangeRulesAsync(connection => connection.ContactRules = new()
        {
            ["city"] = new FieldRule(Conflict: ConflictRule.AskPerson),
        });
        await scenario.RunAsync();
        return scenario;
    }

    private static async Task<long> ConflictAsync(SyncScenario scenario)
    {
        await scenario.AddCustomerAsync(Email);
        var contact = await scenario.SeeContactAsync(Email, _ => true);
        await scenario.NothingWaitsAsync();
        await scenario.Fake.EditAsync("contacts", contact.Id, new { city = "Theirs" });
        await scenario.Database.ExecuteAsync($"update customers set city = 'Ours' where email = '{Email}'");
        await scenario.NothingWaitsAsync();
        return contact.Id;
    }

    private static Task<bool> DecideAsync(SyncScenario scenario, Guid customer, ConflictWinner winner) =>
        scenario.WithAsync((_, db) => new ConflictDecisions(db).DecideAsync(
            new ConflictChoice(scenario.ConnectionId, RecordKind.Contact, customer, "city"),
            winner,
            null,
            TestContext.Current.CancellationToken));

    private static Task<MergeAnswer> MergeAsync(SyncScenario scenario, Guid stays, Guid goes, params string[] fields) =>
        scenario.WithAsync((_, db) => new RecordMerge(db, TimeProvider.System).MergeAsync(
            RecordKind.Contact, stays, goes, fields.ToHashSet(), TestContext.Current.CancellationToken));

    private static Task<Guid> IdAsync(SyncScenario scenario, string lastName) =>
        scenario.Database.ScalarAsync<Guid>($"select id from customers where last_name = '{lastName}'");
}
