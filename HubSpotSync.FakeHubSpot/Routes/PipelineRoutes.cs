using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class PipelineRoutes
{
    public static void MapPipelines(this RouteGroupBuilder group)
    {
        group.MapGet("", List).ReadsSchema();
        group.MapPost("", PipelineWrites.CreateAsync).WritesSchema();
        group.MapGet("/{pipelineId}", One).ReadsSchema();
        group.MapPut("/{pipelineId}", PipelineWrites.ReplaceAsync).WritesSchema();
        group.MapPatch("/{pipelineId}", PipelineWrites.UpdateAsync).WritesSchema();
        group.MapDelete("/{pipelineId}", PipelineWrites.Archive).WritesSchema();
        group.MapGet("/{pipelineId}/audit", Audit).ReadsSchema();
        group.MapGet("/{pipelineId}/stages", Stages).ReadsSchema();
        group.MapPost("/{pipelineId}/stages", StageWrites.CreateAsync).WritesSchema();
        group.MapGet("/{pipelineId}/stages/{stageId}", Stage).ReadsSchema();
        group.MapPut("/{pipelineId}/stages/{stageId}", StageWrites.ReplaceAsync).WritesSchema();
        group.MapPatch("/{pipelineId}/stages/{stageId}", StageWrites.UpdateAsync).WritesSchema();
        group.MapDelete("/{pipelineId}/stages/{stageId}", StageWrites.Archive).WritesSchema();
        group.MapGet("/{pipelineId}/stages/{stageId}/audit", StageAudit).ReadsSchema();
    }

    public static Pipeline Find(ApiCall call, string id) =>
        Pipelines(call).FirstOrDefault(pipeline => pipeline.Id == id)
            ?? throw Refuse.ResourceNotFound($"Pipeline {id}");

    public static PipelineStage FindStage(Pipeline pipeline, string id) =>
        pipeline.Stage(id) ?? throw Refuse.ResourceNotFound($"Stage {id}");

    private static IResult List(ApiCall call)
    {
        var archived = call.ReadFlag("archived") == true;
        lock (call.Account.Gate)
        {
            var found = archived ? ArchivedOnes(call) : Pipelines(call);
            return FakeJson.Ok(new PageBody<object>(
                [.. found.OrderBy(pipeline => pipeline.DisplayOrder).Select(PipelineBody.Of)]));
        }
    }

    private static IResult One(ApiCall call, string pipelineId)
    {
        var archived = call.ReadFlag("archived") == true;
        lock (call.Account.Gate)
        {
            var found = archived ? ArchivedOnes(call).Find(one => one.Id == pipelineId) : null;
            return FakeJson.Ok(PipelineBody.Of(found ?? Find(call, pipelineId)));
        }
    }

    private static IResult Stages(ApiCall call, string pipelineId)
    {
        lock (call.Account.Gate)
        {
            return FakeJson.Ok(new PageBody<object>([.. Find(call, pipelineId).Stages.Select(PipelineBody.Of)]));
        }
    }

    private static IResult Stage(ApiCall call, string pipelineId, string stageId)
    {
        lock (call.Account.Gate)
        {
            return FakeJson.Ok(PipelineBody.Of(FindStage(Find(call, pipelineId), stageId)));
        }
    }

    private static IResult Audit(ApiCall call, string pipelineId) => AuditOf(call, pipelineId, null);

    private static IResult StageAudit(ApiCall call, string pipelineId, string stageId) =>
        AuditOf(call, pipelineId, stageId);

    /// <summary>Deleted ones keep their story.</summary>
    private static IResult AuditOf(ApiCall call, string pipelineId, string? stageId)
    {
        lock (call.Account.Gate)
        {
            if (!ArchivedOnes(call).Exists(one => one.Id == pipelineId))
            {
                Find(call, pipelineId);
            }

            var entries = call.Account.PipelineLog.Of(pipelineId, stageId);
            return FakeJson.Ok(new PageBody<object>(
                [.. entries.Select(entry => PipelineBody.Of(call.Account, entry))]));
        }
    }

    private static List<Pipeline> Pipelines(ApiCall call) => call.Type == ObjectType.Deal ? call.Account.Pipelines : [];

    private static List<Pipeline> ArchivedOnes(ApiCall call) =>
        call.Type == ObjectType.Deal ? call.Account.PipelineLog.Archived : [];
}
