using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class LimitsTrackingTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IDisposable
{
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Theory]
    [InlineData("/crm/v3/limits")]
    [InlineData("/crm/limits/2026-03")]
    [InlineData("/crm/limits/2026-09")]
    public async Task Counts_follow_what_the_account_holds(string path)
    {
        var before = await CountAsync(path);
        await ContactAsync(_caller);
        var gone = await ContactAsync(_caller);
        await _caller.DeleteAsync($"{Contacts}/{gone}");

        Assert.Equal(before + 1, await CountAsync(path));
        var records = await _caller.GetAsync($"{path}/records");
        Assert.All(
            ["limit", "objectTypeId", "percentage", "pluralLabel", "singularLabel", "usage"],
            field => Assert.True(records.Has("hubspotDefinedObjectTypes.0", field), field));
        var pipelines = await _caller.GetAsync($"{path}/pipelines");
        Assert.Equal(
            ("0-3", "1"),
            (
                pipelines.At("hubspotDefinedObjectTypes.0.objectTypeId"),
                pipelines.At("hubspotDefinedObjectTypes.0.usage")));
        Assert.Equal("0", (await _caller.GetAsync($"{path}/calculated-properties")).At("overallUsage"));
    }

    [Theory]
    [InlineData("/crm/v3/schemas")]
    [InlineData("/crm-object-schemas/v3/schemas")]
    [InlineData("/crm-object-schemas/2026-09/schemas?archived=false")]
    public async Task There_are_no_kinds_of_records_but_hubspots_own(string path) =>
        Assert.Equal("""{"results":[]}""", (await _caller.GetAsync(path)).Text);

    [Fact]
    public async Task Own_properties_and_labels_are_counted()
    {
        const string Limits = "/crm/limits/2026-09";
        var before = await _caller.GetAsync($"{Limits}/custom-properties");
        await _caller.PostAsync("/crm/v3/properties/deals", new
        {
            name = "counted", label = "x", type = "string", fieldType = "text", groupName = "dealinformation",
        });
        await _caller.PostAsync(
            "/crm/v4/associations/deals/contacts/labels", new { name = "counted", label = "Counted" });

        var after = await _caller.GetAsync($"{Limits}/custom-properties");
        var labels = await _caller.GetAsync($"{Limits}/associations/labels?fromObjectTypeId=0-3");

        Assert.Equal(
            int.Parse(before.At("overallUsage")!, null) + 1, int.Parse(after.At("overallUsage")!, null)); // required
        Assert.Equal(
            ("Counted", "1", "0-1"),
            (
                labels.At("results.0.allLabels.0"),
                labels.At("results.0.usage"),
                labels.At("results.0.toObjectType.objectTypeId")));
    }

    [Fact]
    public async Task No_record_is_near_the_limit_of_links()
    {
        const string Limits = "/crm/limits/2026-09/associations/records";

        Assert.Empty((await _caller.GetAsync($"{Limits}/from")).Results);
        Assert.Empty((await _caller.GetAsync($"{Limits}/0-1/to")).Results);
        var between = await _caller.GetAsync($"{Limits}/0-1/0-2");
        Assert.Equal(("0", "[]"), (between.At("totalRecordsAtLimit"), between.At("nearLimitFromRecordSamples")));
    }

    [Fact]
    public async Task Counts_need_a_scope_for_records_and_custom_types_one_of_their_own()
    {
        using var schemas = fixture.Host.Connect(fixture.Host.Accounts.Main, "crm.schemas.contacts.read");

        Assert.Equal(403, (await schemas.GetAsync("/crm/limits/2026-09/custom-properties")).Status);
        Assert.Equal(403, (await schemas.GetAsync("/crm/limits/2026-09/custom-object-types")).Status);
        Assert.Equal(200, (await _caller.GetAsync("/crm/limits/2026-09/custom-object-types")).Status);
    }

    [Fact]
    public async Task The_account_tells_its_age_and_the_calls_of_private_apps()
    {
        var details = await _caller.GetAsync("/account-info/2026-09/details");
        var usage = await _caller.GetAsync("/account-info/v3/api-usage/daily/private-apps");

        Assert.Equal("1673251200000", details.At("createdAt"));
        Assert.All(
            ["collectedAt", "currentUsage", "fetchStatus", "name", "usageLimit", "resetsAt"],
            field => Assert.True(usage.Has("results.0", field), field));
        Assert.Equal(("SUCCESS", "0"), (usage.At("results.0.fetchStatus"), usage.At("results.0.currentUsage")));
    }

    private async Task<int> CountAsync(string path) =>
        (await _caller.GetAsync($"{path}/records")).Json.GetProperty("hubspotDefinedObjectTypes")[0]
            .GetProperty("usage").GetInt32();
}
