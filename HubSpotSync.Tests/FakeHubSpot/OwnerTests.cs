using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class OwnerTests(FakeHubSpotFixture fixture) : IDisposable
{
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task Owners_who_left_are_listed_apart_and_have_no_user_id()
    {
        var active = await _caller.GetAsync("/crm/owners/2026-09");
        var archived = await _caller.GetAsync("/crm/v3/owners?archived=true");

        Assert.Equal((10, 2), (active.Results.Count, archived.Results.Count));
        Assert.Null(archived.At("results.0.userId"));
        Assert.NotNull(archived.At("results.0.userIdIncludingInactive"));
        Assert.Equal(("Sales", "True"), (active.At("results.0.teams.0.name"), active.At("results.0.teams.0.primary")));
    }

    [Theory]
    [InlineData("/crm/v3/owners")]
    [InlineData("/crm/owners/2026-03")]
    [InlineData("/crm/owners/2026-09")]
    public async Task Owners_are_paged_and_found_by_address_id_and_user(string path)
    {
        var page = await _caller.GetAsync($"{path}?limit=4");
        var next = await _caller.GetAsync($"{path}?limit=4&after={page.At("paging.next.after")}");
        var found = await _caller.GetAsync($"{path}?email=ADA@acme-outfitters.example");

        Assert.Equal(("9005", "9005"), (page.At("paging.next.after"), next.At("results.0.id")));
        Assert.Equal("9001", Assert.Single(found.Results).GetProperty("id").GetString());
        Assert.Equal("9001", (await _caller.GetAsync($"{path}/67?idProperty=userId")).At("id"));
        Assert.Equal(404, (await _caller.GetAsync($"{path}/67")).Status);
        Assert.Equal(200, (await _caller.GetAsync($"{path}/9012?archived=true")).Status);
    }

    [Theory]
    [InlineData("?limit=501")]
    [InlineData("?limit=0")]
    [InlineData("?after=later")]
    [InlineData("?archived=maybe")]
    [InlineData("/9001?idProperty=email")]
    public async Task What_owners_cannot_be_asked_is_a_400(string query) =>
        Assert.Equal(400, (await _caller.GetAsync($"/crm/owners/2026-09{query}")).Status);
}
