using System.Text.Json;
using HubSpotSync.Tests.Infrastructure;
using static HubSpotSync.Tests.FakeHubSpot.Sample;

namespace HubSpotSync.Tests.FakeHubSpot;

public sealed class PipelineTests(FakeHubSpotFixture fixture) : IClassFixture<FakeHubSpotFixture>, IDisposable
{
    private const string Pipelines = "/crm/pipelines/2026-09/deals";
    private const string Old = "/crm/v3/pipelines/deals";
    private readonly HubSpotCaller _caller = fixture.Host.Connect();

    public void Dispose() => _caller.Dispose();

    [Fact]
    public async Task Pipelines_come_with_their_stages_and_say_which_are_won_and_lost()
    {
        var answer = await _caller.GetAsync(Pipelines);

        Assert.Equal(
            ["default", "75501"], answer.Results.Select(pipeline => pipeline.GetProperty("id").GetString()).Take(2));
        var stages = await _caller.GetAsync($"{Old}/default/stages");
        var won = stages.Results.Single(stage => stage.GetProperty("id").GetString() == "closedwon")
            .GetProperty("metadata");
        Assert.Equal(
            ("true", "1.0"), (won.GetProperty("isClosed").GetString(), won.GetProperty("probability").GetString()));
        Assert.Equal(404, (await _caller.GetAsync($"{Old}/nope")).Status);
        Assert.All(
            ["archived", "createdAt", "displayOrder", "id", "label", "metadata", "updatedAt", "writePermissions"],
            field => Assert.True(stages.Has("results.0", field), field));
    }

    [Theory]
    [InlineData(Pipelines)]
    [InlineData(Old)]
    public async Task A_pipeline_is_made_and_its_stages_become_choices_of_deals(string path)
    {
        var made = await CreateAsync(path, "Made at " + path);
        var id = made.At("id");

        Assert.Equal((201, 2), (made.Status, made.Json.GetProperty("stages").GetArrayLength()));
        Assert.EndsWith($"/deals/{id}", made.Header("Location"), StringComparison.Ordinal);
        Assert.Equal(
            ("1.0", "true"), (made.At("stages.1.metadata.probability"), made.At("stages.1.metadata.isClosed")));
        var deal = await DealAsync(id, made.At("stages.1.id"));
        var read = await _caller.GetAsync($"{Deals}/{deal}?properties=hs_is_closed_won,hs_deal_stage_probability");
        Assert.Equal(
            ("true", "1.0"), (read.At("properties.hs_is_closed_won"), read.At("properties.hs_deal_stage_probability")));
        var choices = await _caller.GetAsync("/crm/v3/properties/deals/dealstage");
        Assert.Contains(
            choices.Json.GetProperty("options").EnumerateArray(),
            option => option.GetProperty("value").GetString() == made.At("stages.0.id"));
    }

    [Fact]
    public async Task A_changed_stage_shows_in_deals_written_later()
    {
        var made = await CreateAsync(Pipelines, "Shifting");
        var (id, stage) = (made.At("id"), made.At("stages.0.id"));
        var deal = await DealAsync(id, stage);
        fixture.Host.Time.Advance(TimeSpan.FromMinutes(1));

        var changed = await _caller.PatchAsync(
            $"{Pipelines}/{id}/stages/{stage}", new { label = "Lost", metadata = new { probability = "0" } });
        await _caller.PatchAsync($"{Deals}/{deal}", With(("amount", "5")));

        Assert.Equal((200, "0.0"), (changed.Status, changed.At("metadata.probability")));
        Assert.NotEqual(changed.At("createdAt"), changed.At("updatedAt"));
        var read = await _caller.GetAsync($"{Deals}/{deal}?properties=hs_is_closed,hs_is_closed_won");
        Assert.Equal(("true", "false"), (read.At("properties.hs_is_closed"), read.At("properties.hs_is_closed_won")));
    }

    [Fact]
    public async Task Since_September_2026_a_stage_in_use_is_kept_unless_told_otherwise()
    {
        var made = await CreateAsync(Pipelines, "Busy");
        var (id, stage) = (made.At("id"), made.At("stages.0.id"));
        var deal = await DealAsync(id, stage);

        var refused = await _caller.DeleteAsync($"{Pipelines}/{id}/stages/{stage}");
        var whole = await _caller.DeleteAsync($"{Pipelines}/{id}");
        var asked = await _caller.DeleteAsync($"{Old}/{id}?validateReferencesBeforeDelete=true");
        var told = await _caller.DeleteAsync(
            $"{Pipelines}/{id}/stages/{stage}?validateDealStageUsagesBeforeDelete=false");

        Assert.Equal((400, "PipelineError.STAGE_ID_IN_USE"), (refused.Status, refused.At("subCategory")));
        Assert.Equal(
            ($"[{stage}]", $"[{deal}]"), (refused.At("context.stageIds.0"), refused.At("context.objectIds.0")));
        Assert.Equal((400, 400, 204), (whole.Status, asked.Status, told.Status));
        Assert.Equal(200, (await _caller.PatchAsync($"{Deals}/{deal}", With(("amount", "7")))).Status);
    }

    [Theory]
    [InlineData(Old)]
    [InlineData("/crm/pipelines/2026-03/deals")]
    public async Task Earlier_versions_delete_without_looking(string path)
    {
        var made = await CreateAsync(path, "Unwatched " + path);
        var id = made.At("id");
        await DealAsync(id, made.At("stages.0.id"));

        Assert.Equal(204, (await _caller.DeleteAsync($"{path}/{id}")).Status);

        Assert.Equal(404, (await _caller.GetAsync($"{path}/{id}")).Status);
        Assert.Equal("True", (await _caller.GetAsync($"{path}/{id}?archived=true")).At("archived"));
        Assert.Equal(200, (await _caller.PatchAsync($"{path}/{id}", new { archived = false })).Status);
    }

    [Theory]
    [InlineData("""{"label":"X","displayOrder":0}""")]
    [InlineData("""{"label":"X","displayOrder":0,"stages":[]}""")]
    [InlineData("""{"label":"X","displayOrder":0,"stages":"none"}""")]
    [InlineData("""{"label":"X","displayOrder":"first","stages":[#]}""")]
    [InlineData("""{"label":"X","displayOrder":-1,"stages":[#]}""")]
    [InlineData("""{"label":"sales PIPELINE ","displayOrder":0,"stages":[#]}""")]
    [InlineData("""{"displayOrder":0,"stages":[#]}""")]
    public Task A_pipeline_HubSpot_would_not_take_is_refused(string json) => RefuseAsync(
        json.Replace(
            "#", """{"label":"A","displayOrder":0,"metadata":{"probability":"0.2"}}""", StringComparison.Ordinal));

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"probability":"1.2"}""")]
    [InlineData("""{"probability":"much"}""")]
    [InlineData("\"0.2\"")]
    public Task A_stage_without_a_sound_probability_is_refused(string metadata) => RefuseAsync(
        """{"label":"X","displayOrder":0,"stages":[{"label":"A","displayOrder":0,"metadata":#}]}"""
            .Replace("#", metadata, StringComparison.Ordinal));

    [Fact]
    public async Task Stage_labels_ids_and_places_are_unique_in_a_pipeline()
    {
        var id = (await CreateAsync(Pipelines, "Ordered")).At("id");
        var path = $"{Pipelines}/{id}/stages";

        var same = await _caller.PostAsync(path, Stage(" OPEN", 5, "0.5"));
        var placed = await _caller.PostAsync(path, Stage("Between", 0, "0.5"));
        var foreign = await _caller.PostAsync(Pipelines, new
        {
            label = "Foreign",
            displayOrder = 9,
            stages = new[]
            {
                new { stageId = "closedwon", label = "A", displayOrder = 0, metadata = new { probability = "1" } },
            },
        });

        Assert.Equal((400, "PipelineError.STAGE_LABEL_EXISTS"), (same.Status, same.At("subCategory")));
        Assert.Equal((201, "1"), (placed.Status, placed.At("displayOrder")));
        Assert.Equal(
            ["Open", "Between", "Won"],
            (await _caller.GetAsync(path)).Results.Select(stage => stage.GetProperty("label").GetString()));
        Assert.Equal(
            (409, "PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE"), (foreign.Status, foreign.At("subCategory")));
    }

    [Fact]
    public async Task Replacing_keeps_the_age_of_stages_that_stay()
    {
        var made = await CreateAsync(Pipelines, "Replaced");
        fixture.Host.Time.Advance(TimeSpan.FromMinutes(1));

        var replaced = await _caller.PutAsync($"{Pipelines}/{made.At("id")}", new
        {
            label = "Replacement",
            displayOrder = 4,
            stages = new[]
            {
                new
                {
                    stageId = made.At("stages.1.id"),
                    label = "Won",
                    displayOrder = 0,
                    metadata = new { probability = "1.0" },
                },
            },
        });

        Assert.Equal((200, "Replacement", "4"), (replaced.Status, replaced.At("label"), replaced.At("displayOrder")));
        Assert.Equal(made.At("createdAt"), replaced.At("stages.0.createdAt"));
        Assert.NotEqual(made.At("updatedAt"), replaced.At("updatedAt"));
        Assert.Equal(1, replaced.Json.GetProperty("stages").GetArrayLength());
    }

    [Fact]
    public async Task The_audit_tells_what_was_done_newest_first()
    {
        var made = await CreateAsync(Pipelines, "Watched");
        var (id, stage) = (made.At("id"), made.At("stages.0.id"));
        await _caller.PatchAsync($"{Pipelines}/{id}", new { label = "Watched closely" });
        await _caller.PatchAsync($"{Pipelines}/{id}/stages/{stage}", new { label = "Opened", metadata = new { } });

        var audit = await _caller.GetAsync($"{Pipelines}/{id}/audit");
        var ofStage = await _caller.GetAsync($"{Pipelines}/{id}/stages/{stage}/audit");

        Assert.Equal(
            ["UPDATE", "UPDATE", "CREATE"], audit.Results.Select(entry => entry.GetProperty("action").GetString()));
        Assert.Equal(
            ($"12345:{id}", "12345", "Watched closely"),
            (audit.At("results.1.identifier"), audit.At("results.1.portalId"), audit.At("results.1.rawObject.label")));
        Assert.Equal(("UPDATE", "Opened"), (ofStage.At("results.0.action"), ofStage.At("results.0.rawObject.label")));
        Assert.Equal(404, (await _caller.GetAsync($"{Pipelines}/nope/audit")).Status);
    }

    [Fact]
    public async Task Changing_pipelines_needs_the_scope_for_the_schema()
    {
        using var reader = fixture.Host.Connect(fixture.Host.Accounts.Main, "crm.schemas.deals.read");

        Assert.Equal(200, (await reader.GetAsync(Pipelines)).Status);
        Assert.Equal(403, (await reader.DeleteAsync($"{Pipelines}/default")).Status);
    }

    private async Task RefuseAsync(string json)
    {
        var answer = await _caller.PostAsync(Pipelines, JsonSerializer.Deserialize<JsonElement>(json));
        Assert.Equal((400, "VALIDATION_ERROR"), (answer.Status, answer.At("category")));
    }

    [Fact]
    public async Task The_last_pipeline_stays_and_what_is_not_there_is_deleted_already()
    {
        await using var host = await FakeHubSpotHost.StartAsync(
            TestContext.Current.CancellationToken, ["--Fake:Deals=0"]);
        using var caller = host.Connect();
        var ids = (await caller.GetAsync(Old)).Results.Select(one => one.GetProperty("id").GetString()).ToList();
        foreach (var id in ids.Skip(1))
        {
            Assert.Equal(204, (await caller.DeleteAsync($"{Old}/{id}")).Status);
        }

        Assert.Equal(400, (await caller.DeleteAsync($"{Old}/{ids[0]}")).Status);
        Assert.Equal(204, (await caller.DeleteAsync($"{Old}/{ids[0]}/stages/nope")).Status);
        Assert.Equal(404, (await caller.DeleteAsync($"{Old}/nope")).Status);
    }

    private async Task<HubSpotAnswer> CreateAsync(string path, string label) => await _caller.PostAsync(path, new
    {
        label,
        displayOrder = 2,
        stages = new[] { Stage("Open", 0, "0.2"), Stage("Won", 1, "1") },
    });

    private Task<string> DealAsync(string? pipeline, string? stage) => Sample.CreateAsync(
        _caller, Deals, With(("dealname", "Tents"), ("pipeline", pipeline), ("dealstage", stage)));

    private static object Stage(string label, int displayOrder, string probability) =>
        new { label, displayOrder, metadata = new { probability } };
}
