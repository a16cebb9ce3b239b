using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Pains;

/// <summary>Associations that come late, get lost, or are wiped by a run that did not read them.</summary>
public sealed class LostAssociationTests(ConnectedScene scene) : IClassFixture<ConnectedScene>
{
    private readonly SyncScenario _scenario = scene.Scenario;

    [Fact]
    public async Task An_association_that_changes_no_modified_date_arrives_with_the_full_run()
    {
        var company = await MakeCompanyAsync("late");
        var person = await _scenario.ArriveAsync("late@linked.example");
        var modified = await ModifiedAsync(person);

        await _scenario.Fake.LinkAsync("contacts", person.Contact, "companies", company);
        Assert.Equal(modified, await ModifiedAsync(person));
        await _scenario.LookAtEverythingAsync();

        Assert.Equal("Late Ltd", await CompanyOfAsync(person));
        await _scenario.Fake.UnlinkAsync("contacts", person.Contact, "companies", company);
        Assert.Equal(modified, await ModifiedAsync(person));
        await _scenario.LookAtEverythingAsync();
        Assert.Null(await CompanyOfAsync(person));
    }

    [Fact]
    public async Task A_contact_that_a_search_found_keeps_its_company()
    {
        var company = await MakeCompanyAsync("kept");
        var id = await _scenario.MakeContactAsync("kept@linked.example");
        await _scenario.Fake.LinkAsync("contacts", id, "companies", company);
        await _scenario.LookAtEverythingAsync();

        await _scenario.EditThereAsync(id, new { city = "Graz" }); // results of a search come without associations
        await _scenario.LookAtChangesAsync();

        var customer = (await _scenario.CustomerAsync(id))!; // it is in scope
        Assert.Equal("Graz", customer.City);
        Assert.Equal("Kept Ltd", await CompanyOfAsync(new Arrived(id, customer.Id)));
    }

    [Fact]
    public async Task People_who_are_linked_to_a_deal_later_arrive_and_stay()
    {
        var person = await _scenario.ArriveAsync("buyer@linked.example");
        var deal = await _scenario.Fake.CreateAsync("deals", new
        {
            dealname = "Tents",
            pipeline = "default",
            dealstage = "appointmentscheduled",
            amount = "100",
        });
        await _scenario.LookAtChangesAsync();

        await _scenario.Fake.LinkAsync("deals", deal, "contacts", person.Contact);
        await _scenario.LookAtEverythingAsync();
        Assert.Equal([person.Customer], await _scenario.PeopleOfAsync(deal));
        await _scenario.Fake.EditAsync("deals", deal, new { amount = "250.5" });
        await _scenario.LookAtChangesAsync();

        Assert.Equal([person.Customer], await _scenario.PeopleOfAsync(deal));
        Assert.Equal(250.5m, await _scenario.Database.ScalarAsync<decimal>(
            "select amount from deals where name = 'Tents'"));
    }

    private Task<long> MakeCompanyAsync(string name) => _scenario.Fake.CreateAsync(
        "companies", new { name = $"{char.ToUpperInvariant(name[0])}{name[1..]} Ltd", domain = $"{name}.example" });

    private async Task<string?> ModifiedAsync(Arrived person) =>
        (await _scenario.ContactAsync(person.Contact))["lastmodifieddate"];

    private Task<string?> CompanyOfAsync(Arrived person) => _scenario.QueryAsync(db => db.Customers
        .Where(customer => customer.Id == person.Customer)
        .Select(customer => customer.Company!.Name) // null where there is none
        .SingleOrDefaultAsync());
}
