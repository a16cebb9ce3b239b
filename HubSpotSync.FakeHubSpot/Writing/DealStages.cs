using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Writing;

/// <summary>A deal's stage belongs to its pipeline, and HubSpot works out from it whether the deal is closed.</summary>
internal static class DealStages
{
    public static void Check(FakeAccount account, CrmRecord? record, IReadOnlyDictionary<string, string> values)
    {
        // A deal whose stage was deleted under it can still be changed elsewhere.
        if (!values.ContainsKey("dealstage") && !values.ContainsKey("pipeline"))
        {
            return;
        }

        var stage = values.GetValueOrDefault("dealstage") ?? record?.Value("dealstage");
        var pipeline = Pipeline(account, values.GetValueOrDefault("pipeline") ?? record?.Value("pipeline"));
        if (!string.IsNullOrEmpty(stage) && !pipeline.Stages.Any(candidate => candidate.Id == stage))
        {
            throw PropertyProblem.Refusal(
                new PropertyProblem(
                    "dealstage", "INVALID_OPTION", $"{stage} is not a stage of the pipeline {pipeline.Id}."));
        }
    }

    public static void Recalculate(FakeAccount account, CrmRecord record, DateTimeOffset now)
    {
        if (Pipeline(account, record.Value("pipeline")).Stages.FirstOrDefault(
                stage => stage.Id == record.Value("dealstage")) is not { } stage)
        {
            return;
        }

        record.Write("hs_is_closed", stage.IsClosed ? "true" : "false", now, ChangeSource.Internal);
        record.Write("hs_is_closed_won", stage.IsWon ? "true" : "false", now, ChangeSource.Internal);
        record.Write("hs_deal_stage_probability", stage.Probability, now, ChangeSource.Internal);
    }

    private static Pipeline Pipeline(FakeAccount account, string? id) =>
        account.Pipelines.Find(pipeline => pipeline.Id == id) ?? account.Pipelines[0];
}
