using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class StageWrites
{
    public static async Task<IResult> CreateAsync(ApiCall call, string pipelineId)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var pipeline = PipelineRoutes.Find(call, pipelineId);
            var id = body.Text("stageId") is { Length: > 0 } own ? own : call.Account.PipelineLog.NextId();
            if (call.Account.Pipelines.Exists(other => other.Id != pipelineId && other.Stage(id) is not null))
            {
                throw Refuse.Validation($"An existing active stage in another pipeline is already using stage id {id}");
            }

            var stage = StageInput.Create(body, id, call.Clock.Now);
            StageInput.CheckTogether([.. pipeline.Stages, stage]);
            call.Location(call.Address($"{call.Path}/{id}"));
            return FakeJson.Answer(201, PipelineBody.Of(Place(call, pipeline, stage, "CREATE")));
        }
    }

    public static async Task<IResult> ReplaceAsync(ApiCall call, string pipelineId, string stageId)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var pipeline = PipelineRoutes.Find(call, pipelineId);
            var before = PipelineRoutes.FindStage(pipeline, stageId);
            var after = StageInput.Create(body, stageId, call.Clock.Now) with { CreatedAt = before.CreatedAt };
            return FakeJson.Ok(PipelineBody.Of(Change(call, pipeline, before, after)));
        }
    }

    public static async Task<IResult> UpdateAsync(ApiCall call, string pipelineId, string stageId)
    {
        var body = await call.ReadBodyAsync();
        if (body.Flag("archived") is not null)
        {
            throw Refuse.Validation("archived may only be sent to restore an archived stage.");
        }

        lock (call.Account.Gate)
        {
            var pipeline = PipelineRoutes.Find(call, pipelineId);
            var before = PipelineRoutes.FindStage(pipeline, stageId);
            var after = StageInput.Update(before, body, call.Clock.Now);
            return FakeJson.Ok(PipelineBody.Of(Change(call, pipeline, before, after)));
        }
    }

    /// <summary>Seen by others: deleting a stage that is not there answers 204 as well.</summary>
    public static IResult Archive(ApiCall call, string pipelineId, string stageId)
    {
        lock (call.Account.Gate)
        {
            var pipeline = PipelineRoutes.Find(call, pipelineId);
            if (pipeline.Stage(stageId) is not { } stage)
            {
                return FakeJson.NoContent;
            }

            PipelineStage[] rest = [.. pipeline.Stages.Where(other => other.Id != stageId)];
            StageInput.CheckTogether(rest);
            PipelineChanges.RefuseUsedStages(call, [stage]);
            PipelineChanges.Note(call, pipelineId, stageId, "DELETE", PipelineBody.Of(stage));
            PipelineChanges.Save(call, pipeline with { Stages = rest, UpdatedAt = call.Clock.Now }, "UPDATE");
            return FakeJson.NoContent;
        }
    }

    private static PipelineStage Change(ApiCall call, Pipeline pipeline, PipelineStage before, PipelineStage after)
    {
        var others = pipeline.Stages.Where(other => other != before).ToList();
        StageInput.CheckTogether([.. others, after]);
        return Place(call, pipeline with { Stages = others }, after, "UPDATE");
    }

    private static PipelineStage Place(ApiCall call, Pipeline pipeline, PipelineStage stage, string action)
    {
        var stages = StageOrder.Place(pipeline.Stages, stage);
        var saved = PipelineChanges.Save(
            call, pipeline with { Stages = stages, UpdatedAt = call.Clock.Now }, "UPDATE");
        var placed = PipelineRoutes.FindStage(saved, stage.Id);
        PipelineChanges.Note(call, pipeline.Id, stage.Id, action, PipelineBody.Of(placed));
        return placed;
    }
}
