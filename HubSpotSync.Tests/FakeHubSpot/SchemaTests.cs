using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.FakeHubSpot;

[Collection(FakeHubSpotTests.Name)]
public sealed class SchemaTests(FakeHubSpotFixture fixture) : IDisposable
{
    private const string Properties = "/crm/properties/2026-09/contacts";
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task Definitions_say_what_may_be_written()
    {
        var answer = await _caller.GetAsync(Properties);

        Assert.Null(answer.At("paging"));
        Assert.True(
            (await _caller.GetAsync($"{Properties}/createdate")).Json.GetProperty("modificationMetadata")
                .GetProperty("readOnlyValue")
                .GetBoolean());
        Assert.False(
            (await _caller.GetAsync($"{Properties}/firstname")).Json.GetProperty("modificationMetadata")
                .GetProperty("readOnlyValue")
                .GetBoolean());
        var owner = await _caller.GetAsync($"{Properties}/hubspot_owner_id");
        Assert.Equal(
            ("True", "OWNER", "[]"),
            (owner.At("externalOptions"), owner.At("referencedObjectType"), owner.At("options")));
    }

    [Fact]
    public async Task Lifecycle_stages_of_the_account_have_numbers()
    {
        var stages = (await _caller.GetAsync($"{Properties}/lifecyclestage")).Json.GetProperty("options")
            .EnumerateArray()
            .Select(option => option.GetProperty("value").GetString())
            .ToList();

        Assert.Contains("customer", stages);
        Assert.Equal(2, stages.Count(stage => long.TryParse(stage, out _)));
    }

    [Fact]
    public async Task A_property_is_made_changed_and_archived()
    {
        var made = await MakeAsync("made_by_test");
        var again = await MakeAsync("made_by_test");
        var changed = await _caller.PatchAsync($"{Properties}/made_by_test", new { label = "Other" });
        var archived = await _caller.DeleteAsync($"{Properties}/made_by_test");

        Assert.Equal((201, "True"), (made.Status, made.At("hasUniqueValue")));
        Assert.Equal((409, "Properties.PROPERTY_WITH_NAME_EXISTS"), (again.Status, again.At("subCategory")));
        Assert.Equal(("Other", 204), (changed.At("label"), archived.Status));
        Assert.Equal(404, (await _caller.GetAsync($"{Properties}/made_by_test")).Status);
        Assert.Equal(200, (await _caller.GetAsync($"{Properties}/made_by_test?archived=true")).Status);
        Assert.Equal(201, (await MakeAsync("made_by_test")).Status);
    }

    [Theory]
    [InlineData("Upper", "contactinformation")]
    [InlineData("9lives", "contactinformation")]
    [InlineData("fine", "no_such_group")]
    public async Task A_property_with_a_wrong_name_or_group_is_refused(string name, string group)
    {
        var answer = await _caller.PostAsync(
            Properties, new { name, label = "x", type = "string", fieldType = "text", groupName = group });

        Assert.Equal(400, answer.Status);
    }

    [Fact]
    public async Task The_newest_version_wants_an_order_for_options()
    {
        var body = new
        {
            name = "choice_by_test",
            label = "x",
            type = "enumeration",
            fieldType = "select",
            groupName = "shop",
            options = new[] { new { label = "A", value = "a", hidden = false } },
        };

        Assert.Equal(400, (await _caller.PostAsync(Properties, body)).Status);
        Assert.Equal(201, (await _caller.PostAsync("/crm/v3/properties/contacts", body)).Status);
    }

    [Fact]
    public async Task Groups_are_listed_and_made()
    {
        var made = await _caller.PostAsync($"{Properties}/groups", new { name = "hubspotsync", label = "HubSpotSync" });

        Assert.Equal(201, made.Status);
        Assert.Contains(
            (await _caller.GetAsync($"{Properties}/groups")).Results,
            group => group.GetProperty("name").GetString() == "hubspotsync");
    }

    [Fact]
    public async Task Owners_who_left_are_listed_apart_and_have_no_user_id()
    {
        var active = await _caller.GetAsync("/crm/owners/2026-09");
        var archived = await _caller.GetAsync("/crm/v3/owners?archived=true");
        var page = await _caller.GetAsync("/crm/v3/owners?limit=4");

        Assert.Equal((10, 2), (active.Results.Count, archived.Results.Count));
        Assert.Null(archived.At("results.0.userId"));
        Assert.NotNull(archived.At("results.0.userIdIncludingInactive"));
        Assert.Equal("9005", page.At("paging.next.after"));
        Assert.Equal("9001", (await _caller.GetAsync("/crm/v3/owners/67?idProperty=userId")).At("id"));
    }

    [Fact]
    public async Task Pipelines_come_with_their_stages_and_say_which_are_won_and_lost()
    {
        var answer = await _caller.GetAsync("/crm/pipelines/2026-09/deals");

        Assert.Equal(["default", "75501"], answer.Results.Select(pipeline => pipeline.GetProperty("id").GetString()));
        var stages = await _caller.GetAsync("/crm/v3/pipelines/deals/default/stages");
        var won = stages.Results.Single(stage => stage.GetProperty("id").GetString() == "closedwon")
            .GetProperty("metadata");
        Assert.Equal(
            ("true", "1.0"), (won.GetProperty("isClosed").GetString(), won.GetProperty("probability").GetString()));
        Assert.Equal(404, (await _caller.GetAsync("/crm/v3/pipelines/deals/nope")).Status);
    }

    private Task<HubSpotAnswer> MakeAsync(string name) => _caller.PostAsync(Properties, new
    {
        name,
        label = "Made",
        type = "string",
        fieldType = "text",
        groupName = "contactinformation",
        hasUniqueValue = true,
    });
}
