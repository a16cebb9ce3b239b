using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class AutoAssociateTests : IAsyncLifetime
{
    private FakeHubSpotHost _host = null!; // xunit initialises it before the first test
    private HubSpotCaller _caller = null!; // as above

    public async ValueTask InitializeAsync()
    {
        _host = await FakeHubSpotHost.StartAsync(
            TestContext.Current.CancellationToken, ["--Fake:AutoAssociate=true", "--Fake:Contacts=5"]);
        _caller = _host.Connect();
    }

    public async ValueTask DisposeAsync()
    {
        _caller.Dispose();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task A_contact_joins_the_company_of_its_domain()
    {
        var company = await CreateAsync(
            _caller, Companies, With(("name", "Rope Works"), ("domain", "rope-works.example")));

        var contact = await ContactAsync(_caller, ("email", "ann@ROPE-works.example"));

        Assert.Equal(company, await PrimaryAsync(contact));
    }

    [Fact]
    public async Task A_company_is_made_where_there_is_none()
    {
        var contact = await ContactAsync(_caller, ("email", "bo@new-shop.example"));

        var company = await _caller.GetAsync($"{Companies}/{await PrimaryAsync(contact)}");
        Assert.Equal("new-shop.example", company.At("properties.domain"));
    }

    [Fact]
    public async Task A_changed_address_adds_the_other_company_and_leaves_the_primary_one()
    {
        var contact = await ContactAsync(_caller, ("email", "cy@first-shop.example"));
        var first = await PrimaryAsync(contact);

        await _caller.PatchAsync($"{Contacts}/{contact}", With(("email", "cy@second-shop.example")));

        var links = await _caller.GetAsync($"{Contacts}/{contact}/associations/companies");
        Assert.Equal((2, first), (links.Results.Count, await PrimaryAsync(contact)));
    }

    [Fact]
    public async Task Free_mail_says_nothing_and_the_switch_can_be_turned_off()
    {
        var free = await ContactAsync(_caller, ("email", "di@gmail.com"));
        _host.Settings.AutoAssociate = false;
        var off = await ContactAsync(_caller, ("email", "ed@third-shop.example"));

        Assert.Null(await PrimaryAsync(free));
        Assert.Null(await PrimaryAsync(off));
    }

    private async Task<string?> PrimaryAsync(string contact) =>
        (await _caller.GetAsync($"{Contacts}/{contact}?properties=associatedcompanyid"))
            .At("properties.associatedcompanyid");
}
