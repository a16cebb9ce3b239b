using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Pains;

/// <summary>One person who becomes two.</summary>
public sealed class SecondRecordTests(ConnectedScene scene) : IClassFixture<ConnectedScene>
{
    private readonly SyncScenario _scenario = scene.Scenario;

    [Fact]
    public async Task A_changed_e_mail_makes_no_second_record_here()
    {
        var person = await _scenario.ArriveAsync("before@second.example", ("lastname", "Mover"));

        await _scenario.EditThereAsync(person.Contact, new { email = "after@second.example" });
        await _scenario.LookAtChangesAsync();
        await _scenario.LookAtEverythingAsync();

        await AssertOneAsync("Mover", person, "after@second.example");
    }

    [Fact]
    public async Task A_changed_e_mail_makes_no_second_record_in_HubSpot()
    {
        var person = await _scenario.ArriveAsync("old@second.example", ("lastname", "Changer"));

        await _scenario.EditHereAndPushAsync(person.Customer, "email = 'New@Second.example'");
        await _scenario.LookAtEverythingAsync();

        await AssertOneAsync("Changer", person, "new@second.example");
    }

    [Fact]
    public async Task A_customer_with_the_second_address_of_a_contact_is_that_contact()
    {
        var (one, two) = (
            await _scenario.MakeContactAsync("first@second.example", ("lastname", "Twice")),
            await _scenario.MakeContactAsync("second@second.example", ("lastname", "Twice")));
        var merged = await _scenario.Fake.MergeAsync("contacts", one, two); // keeps the second address as a further one

        await _scenario.AddCustomerAsync("second@second.example", "Twice");
        await _scenario.NothingWaitsAsync();
        await _scenario.LookAtEverythingAsync();

        Assert.Equal(merged, Assert.Single(
            await FakeContacts.ReadAsync(_scenario.Fake), contact => contact["lastname"] == "Twice").Id);
        var customer = Assert.Single(await _scenario.CustomersAsync(), customer => customer.LastName == "Twice");
        Assert.Equal(customer.Id, (await _scenario.CustomerAsync(merged))?.Id);
    }

    private async Task AssertOneAsync(string lastName, Arrived person, string email)
    {
        var contact = Assert.Single(
            await FakeContacts.ReadAsync(_scenario.Fake), contact => contact["lastname"] == lastName);
        var customer = Assert.Single(await _scenario.CustomersAsync(), customer => customer.LastName == lastName);
        Assert.Equal((person.Contact, person.Customer), (contact.Id, customer.Id));
        Assert.Equal((email, email), (contact["email"], customer.Email?.ToLowerInvariant()));
    }
}
