using HubSpotSync.Core.Records;
using HubSpotSync.Tests.Scenarios;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Tests.Worker;

/// <summary>Companies that HubSpot knows by nothing but the text in its contacts.</summary>
public sealed class NamedCompanyTests
{
    [Fact]
    public async Task Contacts_that_name_a_company_belong_to_one_of_that_name()
    {
        await using var scenario = await StartAsync();
        var one = await MakeAsync(scenario, "one", "Acme Corp");
        var two = await MakeAsync(scenario, "two", " ACME corp ");

        await scenario.RunAsync();
        var again = await scenario.RunAsync();

        var company = await scenario.QueryAsync(
            db => db.Companies.AsNoTracking().SingleAsync(one => one.Source == "contact"));
        Assert.Equal(company.Id, (await scenario.CustomerAsync(one))?.CompanyId);
        Assert.Equal(company.Id, (await scenario.CustomerAsync(two))?.CompanyId);
        Assert.Equal(0, again.Updated);
    }

    [Fact]
    public async Task The_company_that_HubSpot_links_comes_before_the_text()
    {
        await using var scenario = await StartAsync();
        var id = await MakeAsync(scenario, "one", "Acme Corp");
        await scenario.RunAsync();
        var real = await scenario.Fake.CreateAsync(
            "companies", new { name = "Acme Corporation", domain = "acme.example" });
        await scenario.Fake.LinkAsync("contacts", id, "companies", real);

        await scenario.RunAsync();

        Assert.Equal("Acme Corporation", await NameAsync(scenario, id));

        await scenario.Fake.UnlinkAsync("contacts", id, "companies", real);
        await scenario.RunAsync();

        Assert.Equal("Acme Corp", await NameAsync(scenario, id));
    }

    [Fact]
    public async Task Another_text_is_another_company_and_none_is_none()
    {
        await using var scenario = await StartAsync();
        var id = await MakeAsync(scenario, "one", "Acme Corp");
        await scenario.RunAsync();

        await scenario.Fake.EditAsync("contacts", id, new { company = "Other Ltd" });
        await scenario.RunAsync();
        Assert.Equal("Other Ltd", await NameAsync(scenario, id));

        await scenario.Fake.EditAsync("contacts", id, new { company = "" });
        await scenario.RunAsync();
        Assert.Null(await NameAsync(scenario, id));
    }

    private static Task<string?> NameAsync(SyncScenario scenario, long id) =>
        scenario.QueryAsync(db => (
            from link in db.Links
            where link.HubspotId == id && link.Kind == RecordKind.Contact
            join customer in db.Customers on link.LocalId equals customer.Id
            select customer.Company!.Name).SingleOrDefaultAsync());

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync(SyncScenario.Tiny);
        await scenario.ConnectAsync();
        return scenario;
    }

    private static Task<long> MakeAsync(SyncScenario scenario, string name, string company) =>
        scenario.Fake.CreateAsync(
            "contacts", new { email = $"{name}@named.example", company, lifecyclestage = "customer" });
}
