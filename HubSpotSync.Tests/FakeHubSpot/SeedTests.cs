using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class SeedTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_same_seed_gives_the_same_records_and_another_gives_others()
    {
        var first = await DumpAsync("--Fake:Seed=7");
        var again = await DumpAsync("--Fake:Seed=7");
        var other = await DumpAsync("--Fake:Seed=8");

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task The_records_are_as_mixed_as_real_ones()
    {
        await using var host = await FakeHubSpotHost.StartAsync(
            Cancellation, ["--Fake:Contacts=5000", "--Fake:Companies=800", "--Fake:Deals=600"]);

        var contacts = host.Accounts.Main.Store(ObjectType.Contact).Records;

        Assert.Equal(5000, contacts.Count);
        Assert.InRange(Share(contacts, record => record.Value("lifecyclestage") == "customer"), 0.22, 0.28);
        Assert.InRange(Share(contacts, record => record.Value("lifecyclestage") == "subscriber"), 0.17, 0.23);
        Assert.InRange(Share(contacts, record => record.Value("email") is null), 0.03, 0.12);
        Assert.InRange(Share(contacts, record => record.Archived), 0.01, 0.04);
        Assert.InRange(Share(contacts, record => record.Value("firstname") is null), 0.03, 0.1);
        Assert.InRange(Share(contacts, record => record.Value("phone") is null), 0.2, 0.5);
        Assert.Contains(contacts, record => record.Value("firstname") == "<script>alert(1)</script>");
        Assert.Contains(contacts, record => record.Value("hubspot_owner_id") == "9012");
        Assert.Contains(contacts, record => record.Value("hs_additional_emails") is not null);
        Assert.All((string[])["а", "α", "م", "א", "张", "김", "श"], script =>
            Assert.Contains(
                contacts,
                record =>
                    $"{record.Value("firstname")}{record.Value("lastname")}".Contains(
                        script, StringComparison.OrdinalIgnoreCase)));
        Assert.Contains(contacts.GroupBy(record => record.CreatedAt), group => group.Count() > 1000);
    }

    [Fact]
    public async Task No_address_is_taken_twice_and_all_are_reserved_for_made_up_people()
    {
        await using var host = await FakeHubSpotHost.StartAsync(Cancellation, ["--Fake:Contacts=2000"]);

        var emails = host.Accounts.Main.Store(ObjectType.Contact).Records.Select(record => record.Value("email"))
            .OfType<string>()
            .ToList();

        Assert.Equal(emails.Count, emails.Distinct().Count());
        Assert.All(
            emails, email => Assert.Matches(@"^[a-z0-9.]+@([a-z0-9-]+\.)*(example|example\.com|example\.org)$", email));
    }

    [Fact]
    public async Task Deals_lie_in_two_pipelines_and_every_link_leads_to_a_live_record()
    {
        await using var host = await FakeHubSpotHost.StartAsync(Cancellation, ["--Fake:Deals=600"]);
        var account = host.Accounts.Main;

        var deals = account.Store(ObjectType.Deal).Records;

        Assert.Equal(
            ["75501", "default"],
            deals.Select(deal => deal.Value("pipeline")).Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(
            ["false", "true"],
            deals.Select(deal => deal.Value("hs_is_closed_won")).Distinct().Order(StringComparer.Ordinal));
        Assert.All(deals, deal => Assert.All(
            account.Associations.Of(ObjectType.Deal, deal.Id, ObjectType.Contact),
            link =>
                Assert.False(
                    account.Store(ObjectType.Contact).Find(link.ToId)!.Archived))); // links to nothing would fail here
    }

    [Theory]
    [InlineData("--Fake:Contacts=-1", "Fake:Contacts is -1")]
    [InlineData("--Fake:Limits=maybe", "Fake:Limits is 'maybe'")]
    [InlineData("--Fake:SmallPortalId=12345", "must differ")]
    [InlineData("--Fake:ClientSecret=", "must not be empty")]
    [InlineData("--Fake:Contacts=many", "Fake:Contacts")]
    public async Task A_wrong_setting_stops_the_start_and_is_named(string argument, string message)
    {
        var exception = await Assert.ThrowsAnyAsync<Exception>(
            () => FakeHubSpotHost.StartAsync(Cancellation, [argument]));

        Assert.Contains(message, exception.Message, StringComparison.Ordinal);
    }

    private static async Task<string> DumpAsync(string argument)
    {
        await using var host = await FakeHubSpotHost.StartAsync(Cancellation, [argument]);
        using var control = host.Anonymous();
        return (await control.GetAsync("/_fake/accounts/12345/objects/contacts")).Text;
    }

    private static double Share(IReadOnlyCollection<CrmRecord> records, Func<CrmRecord, bool> matches) =>
        (double)records.Count(matches) / records.Count;
}
