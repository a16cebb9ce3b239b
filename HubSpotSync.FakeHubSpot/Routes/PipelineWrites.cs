using System.Text.Json;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class PipelineWrites
{
    private const int MostPipelines = 100;

    public static async Task<IResult> CreateAsync(ApiCall call)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            PipelineChanges.RequireDeals(call);
            var id = body.Text("pipelineId") is { Length: > 0 } own ? own : call.Account.PipelineLog.NextId();
            if (call.Account.Pipelines.Exists(other => other.Id == id))
            {
                throw Refuse.Validation($"There's another pipeline in this portal with pipelineId ({id}).");
            }

            if (call.Account.Pipelines.Count >= MostPipelines)
            {
                throw Refuse.Validation($"An account can have up to {MostPipelines} deal pipelines.");
            }

            var pipeline = Read(call, body, new Pipeline(id, "", 0, []) { CreatedAt = call.Clock.Now });
            PipelineChanges.Save(call, pipeline, "CREATE");
            call.Location(call.Address($"{call.Path}/{id}"));
            return FakeJson.Answer(201, PipelineBody.Of(pipeline));
        }
    }

    public static async Task<IResult> ReplaceAsync(ApiCall call, string pipelineId)
    {
        var body = await call.ReadBodyAsync();
        lock (call.Account.Gate)
        {
            var before = PipelineRoutes.Find(call, pipelineId);
            var after = Read(call, body, before);
            PipelineChanges.RefuseUsedStages(call, before.Stages.Where(stage => after.Stage(stage.Id) is null));
            return FakeJson.Ok(PipelineBody.Of(PipelineChanges.Save(call, after, "UPDATE")));
        }
    }

    public static async Task<IResult> UpdateAsync(ApiCall call, string pipelineId)
    {
        var body = await call.ReadBodyAsync();
        var archived = body.Flag("archived");
        lock (call.Account.Gate)
        {
            if (archived is not null)
            {
                return FakeJson.Ok(PipelineBody.Of(Restore(call, pipelineId, archived.Value)));
            }

            var before = PipelineRoutes.Find(call, pipelineId);
            var label = body.Child("label") is null ? before.Label : body.Required("label");
            PipelineChanges.RefuseTakenLabel(call, label, pipelineId);
            var after = before with
            {
                Label = label,
                DisplayOrder = StageInput.Order(body.Whole("displayOrder") ?? before.DisplayOrder),
                UpdatedAt = call.Clock.Now,
                Stages = [.. before.Stages.Select(stage => stage with { UpdatedAt = call.Clock.Now })],
            };
            return FakeJson.Ok(PipelineBody.Of(PipelineChanges.Save(call, after, "UPDATE")));
        }
    }

    public static IResult Archive(ApiCall call, string pipelineId)
    {
        lock (call.Account.Gate)
        {
            var pipeline = PipelineRoutes.Find(call, pipelineId);
            PipelineChanges.RefuseUsedStages(call, pipeline.Stages);
            if (call.Account.Pipelines.Count == 1)
            {
                throw Refuse.Validation("The last pipeline of an object cannot be deleted.");
            }

            call.Account.Pipelines.Remove(pipeline);
            call.Account.PipelineLog.Archived.Add(pipeline with { ArchivedAt = call.Clock.Now });
            PipelineChanges.Note(call, pipelineId, null, "DELETE", PipelineBody.Of(pipeline));
            PipelineOptions.Show(call.Account);
            return FakeJson.NoContent;
        }
    }

    /// <summary>The flag may only be sent to bring an archived pipeline back.</summary>
    private static Pipeline Restore(ApiCall call, string pipelineId, bool archived)
    {
        var log = call.Account.PipelineLog;
        if (archived || log.Archived.Find(pipeline => pipeline.Id == pipelineId) is not { } found)
        {
            throw Refuse.Validation("archived may only be sent, as false, to restore an archived pipeline.");
        }

        PipelineChanges.RefuseTakenLabel(call, found.Label, pipelineId);
        RefuseForeignStages(call, found);
        log.Archived.Remove(found);
        return PipelineChanges.Save(call, found with { ArchivedAt = null, UpdatedAt = call.Clock.Now }, "RESTORE");
    }

    private static Pipeline Read(ApiCall call, JsonElement body, Pipeline before)
    {
        var label = body.Required("label");
        var order = StageInput.Order(body.RequiredWhole("displayOrder"));
        PipelineChanges.RefuseTakenLabel(call, label, before.Id);
        var stages = body.Items("stages").Select(item =>
        {
            var id = item.Text("stageId") is { Length: > 0 } own ? own : call.Account.PipelineLog.NextId();
            var stage = StageInput.Create(item, id, call.Clock.Now);
            return stage with { CreatedAt = before.Stage(id)?.CreatedAt ?? stage.CreatedAt };
        }).ToList();
        StageInput.CheckTogether(stages);
        var after = before with
        {
            Label = label,
            DisplayOrder = order,
            Stages = StageOrder.Sort(stages),
            UpdatedAt = call.Clock.Now,
        };
        RefuseForeignStages(call, after);
        return after;
    }

    private static void RefuseForeignStages(ApiCall call, Pipeline pipeline)
    {
        var others = call.Account.Pipelines.Where(other => other.Id != pipeline.Id);
        if (others.Any(other => pipeline.Stages.Any(stage => other.Stage(stage.Id) is not null)))
        {
            throw new RefusalException(409, new ErrorBody(
                "There's another pipeline in this portal with one of the same stages", "OBJECT_ALREADY_EXISTS")
            {
                SubCategory = "PipelineError.STAGE_ID_EXISTS_IN_ANOTHER_PIPELINE",
            });
        }
    }
}
