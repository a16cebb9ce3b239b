using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Schema;
using HubSpotSync.FakeHubSpot.Store;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>Puts changed pipelines in place, notes them for the audit and shows them as choices of deals.</summary>
internal static class PipelineChanges
{
    public static void RequireDeals(ApiCall call)
    {
        if (call.Type != ObjectType.Deal)
        {
            throw Refuse.Validation($"Object type {call.Type.TypeId()} does not support pipelines.");
        }
    }

    public static Pipeline Save(ApiCall call, Pipeline pipeline, string action)
    {
        var all = call.Account.Pipelines;
        var index = all.FindIndex(other => other.Id == pipeline.Id);
        if (index < 0)
        {
            all.Add(pipeline);
        }
        else
        {
            all[index] = pipeline;
        }

        Note(call, pipeline.Id, null, action, PipelineBody.Of(pipeline));
        PipelineOptions.Show(call.Account);
        return pipeline;
    }

    public static void Note(ApiCall call, string pipelineId, string? stageId, string action, object raw) =>
        call.Account.PipelineLog.Add(new PipelineAudit(pipelineId, stageId, action, call.Clock.Now, raw));

    public static void RefuseTakenLabel(ApiCall call, string label, string? self)
    {
        if (call.Account.Pipelines.Exists(
            other => other.Id != self && StageInput.Plain(other.Label) == StageInput.Plain(label)))
        {
            throw Refuse.Validation($"An active pipeline with label {label} already exists.");
        }
    }

    /// <summary>Since 2026-09 HubSpot looks unless told not to; before, only when told to.</summary>
    public static void RefuseUsedStages(ApiCall call, IEnumerable<PipelineStage> stages)
    {
        var looks = (call.ReadFlag("validateDealStageUsagesBeforeDelete") ?? call.IsNewest)
            || call.Query("validateReferencesBeforeDelete")?.ToUpperInvariant() == "TRUE";
        call.ReadFlag("validateReferencesBeforeDelete");
        if (!looks)
        {
            return;
        }

        var ids = stages.Select(stage => stage.Id).ToHashSet();
        var deals = call.Account.Store(ObjectType.Deal).Records
            .Where(deal => !deal.Archived && ids.Contains(deal.Value("dealstage") ?? "")).ToList();
        if (deals.Count > 0)
        {
            throw InUse(deals);
        }
    }

    /// <summary>HubSpot's lists in this error are one text each, in brackets.</summary>
    private static RefusalException InUse(IReadOnlyList<CrmRecord> deals)
    {
        var stageIds = $"[{string.Join(", ", deals.Select(deal => deal.Value("dealstage")).Distinct())}]";
        var objectIds =
            $"[{string.Join(", ", deals.Select(deal => deal.Id.ToString(CultureInfo.InvariantCulture)))}]";
        return new RefusalException(
            400,
            new ErrorBody(
                $"Stage IDs: {stageIds} are being referenced by object IDs: {objectIds}", "VALIDATION_ERROR")
            {
                SubCategory = "PipelineError.STAGE_ID_IN_USE",
                Context = new Dictionary<string, IReadOnlyList<string>>
                {
                    ["stageIds"] = [stageIds],
                    ["objectIds"] = [objectIds],
                },
            });
    }
}
