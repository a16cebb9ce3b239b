using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Wire;

internal static class PipelineBody
{
    public static object Of(Pipeline pipeline) => new
    {
        id = pipeline.Id,
        label = pipeline.Label,
        displayOrder = pipeline.DisplayOrder,
        archived = pipeline.ArchivedAt is not null,
        archivedAt = pipeline.ArchivedAt is { } at ? WireTime.Format(at) : null,
        createdAt = WireTime.Format(pipeline.CreatedAt),
        updatedAt = WireTime.Format(pipeline.UpdatedAt),
        stages = pipeline.Stages.Select(Of).ToList(),
    };

    public static object Of(PipelineStage stage) => new
    {
        id = stage.Id,
        label = stage.Label,
        displayOrder = stage.DisplayOrder,
        archived = false,
        createdAt = WireTime.Format(stage.CreatedAt),
        updatedAt = WireTime.Format(stage.UpdatedAt),
        metadata = new { isClosed = stage.IsClosed ? "true" : "false", probability = stage.Probability },
        writePermissions = "CRM_PERMISSIONS_ENFORCEMENT",
    };

    public static object Of(FakeAccount account, PipelineAudit entry) => new
    {
        portalId = account.PortalId,
        identifier = string.Join(':', account.PortalId, entry.StageId ?? entry.PipelineId),
        action = entry.Action,
        timestamp = WireTime.Format(entry.At),
        message = $"{(entry.StageId is null ? "Pipeline" : "Stage")} {entry.Action.ToLowerInvariant()}",
        rawObject = entry.Raw,
        fromUserId = FakeAccount.AdminUserId,
    };
}
