using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Scenarios;

namespace HubSpotSync.Tests.Worker;

/// <summary>
/// HubSpot tells of a link once, and the one that is named may come later than the one that names it.
/// </summary>
public sealed class AwaitedLinkTests
{
    private const string Email = "late@awaited.example";
    private static readonly object Early = new { dealname = "Early", pipeline = "default", dealstage = "closedwon" };

    [Fact]
    public async Task A_deal_that_comes_before_its_buyer_has_the_buyer_in_the_end()
    {
        await using var scenario = await StartAsync();
        var (deal, buyer) = (
            await scenario.Fake.CreateAsync("deals", Early),
            await scenario.Fake.CreateAsync("contacts", new { email = Email, lifecyclestage = "customer" }));
        await scenario.Fake.LinkAsync("deals", deal, "contacts", buyer);
        await HearOfAsync(scenario, "Deal", deal);
        Assert.Equal(1, await CountAsync(scenario, "awaited_links"));

        await HearOfAsync(scenario, "Contact", buyer);

        await SeeOneAsync(
            scenario, $"deal_customers p join customers c on c.id = p.customer_id where c.email = '{Email}'");
        Assert.Equal(0, await CountAsync(scenario, "awaited_links"));
    }

    [Fact]
    public async Task A_contact_that_comes_before_its_company_has_the_company_in_the_end()
    {
        await using var scenario = await StartAsync();
        var (company, contact) = (
            await scenario.Fake.CreateAsync("companies", new { name = "Awaited Ltd", domain = "awaited.example" }),
            await scenario.Fake.CreateAsync("contacts", new { email = Email, lifecyclestage = "customer" }));
        await scenario.Fake.LinkAsync("contacts", contact, "companies", company);
        await HearOfAsync(scenario, "Contact", contact);

        await HearOfAsync(scenario, "Company", company);

        await SeeOneAsync(
            scenario,
            $"""
            customers c join companies o on o.id = c.company_id
              where c.email = '{Email}' and o.name = 'Awaited Ltd'
            """);
    }

    [Fact]
    public async Task Whoever_is_out_of_scope_is_awaited_and_a_link_that_ends_is_not_any_more()
    {
        await using var scenario = await StartAsync();
        var (deal, lead) = (
            await scenario.Fake.CreateAsync("deals", Early),
            await scenario.Fake.CreateAsync("contacts", new { email = Email, lifecyclestage = "lead" }));
        await scenario.Fake.LinkAsync("deals", deal, "contacts", lead);
        await scenario.RunAsync();
        Assert.Equal(1, await CountAsync(scenario, "awaited_links"));

        await scenario.Fake.UnlinkAsync("deals", deal, "contacts", lead);
        await HearOfAsync(scenario, "Deal", deal);

        Assert.Equal(0, await CountAsync(scenario, "awaited_links"));
    }

    private static async Task<SyncScenario> StartAsync()
    {
        var scenario = await SyncScenario.StartAsync(
            "--Fake:Contacts=3", "--Fake:Companies=1", "--Fake:Deals=0", "--Fake:Limits=off");
        await scenario.ConnectAsync();
        await scenario.RunAsync();
        return scenario;
    }

    /// <summary>What a webhook of HubSpot's leaves, and the look that answers it.</summary>
    private static async Task HearOfAsync(SyncScenario scenario, string kind, long id)
    {
        await scenario.Database.ExecuteAsync(
            $"""
            insert into sync_requests (connection_id, kind, record_key, workspace_id, hubspot_id, from_hubspot)
              values ('{scenario.ConnectionId}', '{kind}', 'h{id}', '{scenario.WorkspaceId}', {id}, true);
            select pg_notify('sync_requests', '');
            """);
        await scenario.NothingWaitsAsync();
    }

    /// <summary>Who waited is asked for after the page that had the awaited one: for a moment nothing waits.</summary>
    private static Task<long> SeeOneAsync(SyncScenario scenario, string from) => Eventually.SeeAsync(
        () => CountAsync(scenario, from), count => count == 1, SyncScenario.RunLimit, "the link");

    private static Task<long> CountAsync(SyncScenario scenario, string from) =>
        scenario.Database.ScalarAsync<long>($"select count(*) from {from}");
}
