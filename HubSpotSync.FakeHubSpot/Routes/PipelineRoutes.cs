using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class PipelineRoutes
{
    public static void MapPipelines(this RouteGroupBuilder group)
    {
        group.MapGet("", List).ReadsSchema();
        group.MapGet("/{pipelineId}", One).ReadsSchema();
        group.MapGet("/{pipelineId}/stages", Stages).ReadsSchema();
        group.MapGet("/{pipelineId}/stages/{stageId}", Stage).ReadsSchema();
    }

    private static IResult List(ApiCall call) =>
        FakeJson.Ok(new PageBody<object>([.. Pipelines(call).Select(pipeline => Body(call, pipeline))]));

    private static IResult One(ApiCall call, string pipelineId) => FakeJson.Ok(Body(call, Find(call, pipelineId)));

    private static IResult Stages(ApiCall call, string pipelineId) =>
        FakeJson.Ok(new PageBody<object>([.. Find(call, pipelineId).Stages.Select(stage => Body(call, stage))]));

    private static IResult Stage(ApiCall call, string pipelineId, string stageId) =>
        Find(call, pipelineId).Stages.FirstOrDefault(stage => stage.Id == stageId) is { } stage
            ? FakeJson.Ok(Body(call, stage))
            : throw Refuse.ObjectNotFound(stageId);

    private static List<Pipeline> Pipelines(ApiCall call) => call.Type == ObjectType.Deal ? call.Account.Pipelines : [];

    private static Pipeline Find(ApiCall call, string id) =>
        Pipelines(call).FirstOrDefault(pipeline => pipeline.Id == id) ?? throw Refuse.ObjectNotFound(id);

    private static object Body(ApiCall call, Pipeline pipeline) => new
    {
        id = pipeline.Id,
        label = pipeline.Label,
        displayOrder = pipeline.DisplayOrder,
        archived = false,
        createdAt = WireTime.Format(call.Account.CreatedAt),
        updatedAt = WireTime.Format(call.Account.CreatedAt),
        stages = pipeline.Stages.Select(stage => Body(call, stage)),
    };

    private static object Body(ApiCall call, PipelineStage stage) => new
    {
        id = stage.Id,
        label = stage.Label,
        displayOrder = stage.DisplayOrder,
        archived = false,
        createdAt = WireTime.Format(call.Account.CreatedAt),
        updatedAt = WireTime.Format(call.Account.CreatedAt),
        metadata = new { isClosed = stage.IsClosed ? "true" : "false", probability = stage.Probability },
        writePermissions = "CRM_PERMISSIONS_ENFORCEMENT",
    };
}
