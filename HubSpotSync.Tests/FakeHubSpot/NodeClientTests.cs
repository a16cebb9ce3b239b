namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>
/// HubSpot's own client works against the fake as it does against HubSpot: happy paths, refusals, its paging and retry
/// helpers; and no answer lacks a field that the client's types demand.
/// </summary>
public sealed class NodeClientTests(NodeClientFixture client) : IClassFixture<NodeClientFixture>
{
    public static readonly TheoryData<string> Areas =
    [
        "associations", "batches", "companies", "connecting", "contacts", "deals", "labels", "limits", "lists",
        "objects", "owners", "pipelines", "properties", "search", "webhooks",
    ];

    [Theory]
    [MemberData(nameof(Areas))]
    public void HubSpots_own_client_finds_what_it_expects(string area)
    {
        var checks = client.Checks.Where(check => check.Area == area).ToList();

        Assert.NotEmpty(checks);
        Assert.All(checks, check => Assert.True(check.Problem is null, $"{check.Sentence}: {check.Problem}"));
    }

    [Fact]
    public void No_area_is_left_out()
    {
        var seen = client.Checks.Select(check => check.Area).Distinct();

        Assert.Equal(Areas.Select(area => area.Data).Order(), seen.Order());
    }
}
