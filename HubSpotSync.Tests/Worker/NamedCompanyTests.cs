using HubSpotSync.Core.Records;
using HubSpotSync.Data.Crm;
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

    [Fact]
    public async Task What_a_person_here_said_stands_until_HubSpot_says_a_company()
    {
        await using var scenario = await StartAsync();
        var (chosen, cleared) = (
            await MakeAsync(scenario, "one", "Acme Corp"), await MakeAsync(scenario, "two", "Acme Corp"));
        await scenario.RunAsync();
        var ours = Guid.NewGuid();
        await ChooseAsync(scenario, chosen, ours);
        await ChooseAsync(scenario, cleared, null);

        await TouchAsync(scenario, chosen, cleared);

        Assert.Equal("Our own", await NameAsync(scenario, chosen));
        Assert.Null(await NameAsync(scenario, cleared));

        var real = await scenario.Fake.CreateAsync("companies", new { name = "Real", domain = "real.example" });
        await scenario.Fake.LinkAsync("contacts", chosen, "companies", real);
        await TouchAsync(scenario, chosen, cleared);

        Assert.Equal("Real", await NameAsync(scenario, chosen));
        Assert.Equal("hubspot", (await scenario.CustomerAsync(chosen))?.CompanyBy);
        Assert.Null(await NameAsync(scenario, cleared));
    }

    /// <summary>A look at each, as an edit over there brings one.</summary>
    private static async Task TouchAsync(SyncScenario scenario, params long[] ids)
    {
        foreach (var id in ids)
        {
            await scenario.Fake.EditAsync("contacts", id, new { city = $"{Guid.NewGuid()}" });
        }

        await scenario.RunAsync();
    }

    private static Task<int> ChooseAsync(SyncScenario scenario, long id, Guid? company) =>
        scenario.QueryAsync(async db =>
        {
            var customer = await db.Customers.SingleAsync(
                row => db.Links.Any(link => link.HubspotId == id && link.LocalId == row.Id));
            if (company is { } own)
            {
                db.Companies.Add(new Company { Id = own, WorkspaceId = customer.WorkspaceId, Name = "Our own" });
            }

            customer.CompanyId = company;
            return await db.SaveChangesAsync();
        });

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
