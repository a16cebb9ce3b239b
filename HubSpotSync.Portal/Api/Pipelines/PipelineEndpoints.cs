using HubSpotSync.Data;
using HubSpotSync.Data.Api;
using HubSpotSync.Portal.Api.Http;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.Pipelines;

internal sealed record StageView(string Id, string Label, bool IsClosed, decimal Probability);

/// <summary>A pipeline as HubSpot has it, with its stages in HubSpot's order.</summary>
internal sealed record PipelineView(string Id, string Label, IReadOnlyList<StageView> Stages);

internal sealed record PipelinesView(IReadOnlyList<PipelineView> Data);

internal static class PipelineEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints) =>
        endpoints.MapApiGroup("/api/pipelines", "Deals").MapGet("", ListAsync)
            .As("listPipelines", ApiScopes.CrmRead, "List deal pipelines with their stages")
            .Produces<PipelinesView>();

    private static async Task<IResult> ListAsync(CrmDbContext db, CancellationToken cancellationToken)
    {
        var pipelines = await db.Pipelines.AsNoTracking()
            .OrderBy(row => row.DisplayOrder).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken);
        var stages = (await db.Stages.AsNoTracking().OrderBy(row => row.DisplayOrder).ThenBy(row => row.Id)
            .ToListAsync(cancellationToken)).ToLookup(row => (row.ConnectionId, row.PipelineId));
        return TypedResults.Ok(new PipelinesView(
        [
            .. pipelines.Select(row => new PipelineView(row.Id, row.Label,
            [
                .. stages[(row.ConnectionId, row.Id)].Select(stage => new StageView(
                    stage.Id, stage.Label, stage.IsClosed, stage.Probability)),
            ])),
        ]));
    }
}
