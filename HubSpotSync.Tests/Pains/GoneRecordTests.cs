using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Journal;
using HubSpotSync.Data.Requests;
using HubSpotSync.Portal.Words;
using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Pains;

/// <summary>Records that HubSpot archived or merged, which no modified date tells of.</summary>
public sealed class GoneRecordTests(ConnectedScene scene) : IClassFixture<ConnectedScene>
{
    private readonly SyncScenario _scenario = scene.Scenario;

    [Fact]
    public async Task An_archived_contact_is_marked()
    {
        var person = await _scenario.ArriveAsync("archived@gone.example", ("city", "Graz"));

        await _scenario.Fake.ArchiveAsync("contacts", person.Contact);
        await _scenario.LookAtEverythingAsync();

        var outcome = await _scenario.OutcomeAsync(person.Contact);
        Assert.Equal((OutcomeState.Excluded, OutcomeReason.ArchivedInHubSpot), (outcome.State, outcome.Reason));
        Assert.Contains(
            "deleted in HubSpot", ReasonWords.Say(outcome.Reason, outcome.Detail, null), StringComparison.Ordinal);
        var kept = (await _scenario.CustomerAsync(person.Contact))!; // the link stays, marked
        Assert.Equal(("archived@gone.example", "Graz"), (kept.Email, kept.City));
    }

    [Fact]
    public async Task Merged_contacts_become_one_customer_and_old_ids_lead_there()
    {
        var stays = await _scenario.ArriveAsync("stays@gone.example", ("lastname", "Merged"));
        var goes = await _scenario.ArriveAsync("goes@gone.example", ("lastname", "Merged"));
        var deal = await MakeDealOfAsync(goes);

        var merged = await _scenario.Fake.MergeAsync("contacts", stays.Contact, goes.Contact);
        Assert.True(merged != stays.Contact && merged != goes.Contact); // HubSpot gives a new id
        await _scenario.LookAtEverythingAsync();

        Assert.Equal(stays.Customer, (await _scenario.CustomerAsync(merged))?.Id);
        Assert.Equal([stays.Customer], await _scenario.PeopleOfAsync(deal));
        await AskForAsync(stays.Contact);
        await AskForAsync(goes.Contact);
        var all = (await _scenario.CustomersAsync()).Where(customer => customer.LastName == "Merged").ToList();
        Assert.Equal(2, all.Count); // nothing was deleted here, and old ids made nobody new
        Assert.Single(all, customer => customer.ArchivedAt is null);
        Assert.Equal(stays.Customer, all.Single(customer => customer.Id == goes.Customer).MergedInto);
        Assert.Equal(
            [stays.Contact, goes.Contact],
            await _scenario.Database.ListAsync<long>(
                $"select alias_id from link_aliases where hubspot_id = {merged} order by alias_id"));
    }

    private async Task<long> MakeDealOfAsync(Arrived person)
    {
        var deal = await _scenario.Fake.CreateAsync(
            "deals", new { dealname = "Merged", pipeline = "default", dealstage = "appointmentscheduled" });
        await _scenario.Fake.LinkAsync("deals", deal, "contacts", person.Contact);
        await _scenario.LookAtChangesAsync();
        Assert.Equal([person.Customer], await _scenario.PeopleOfAsync(deal));
        return deal;
    }

    /// <summary>As a late webhook does.</summary>
    private async Task AskForAsync(long id)
    {
        await _scenario.WithAsync(async (_, db) =>
        {
            await new RecordRequests(db).AskAsync(
                _scenario.ConnectionId, RecordKind.Contact, new RecordKey(id, null), null,
                TestContext.Current.CancellationToken);
            return 0;
        });
        await _scenario.NothingWaitsAsync();
    }
}
