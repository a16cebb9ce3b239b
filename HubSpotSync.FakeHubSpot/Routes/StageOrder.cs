using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Routes;

/// <summary>No two stages of a pipeline share a place, whatever callers send.</summary>
internal static class StageOrder
{
    /// <summary>Gaps stay; where two were sent with one number, all are numbered anew.</summary>
    public static IReadOnlyList<PipelineStage> Sort(IReadOnlyList<PipelineStage> stages)
    {
        var ordered = stages.OrderBy(stage => stage.DisplayOrder).ToList();
        return ordered.Select(stage => stage.DisplayOrder).Distinct().Count() == ordered.Count
            ? ordered
            : Number(ordered);
    }

    /// <summary>A stage written to a taken place comes right after the one that has it.</summary>
    public static IReadOnlyList<PipelineStage> Place(IEnumerable<PipelineStage> others, PipelineStage stage)
    {
        var ordered = others.OrderBy(other => other.DisplayOrder).ToList();
        var holder = ordered.FindIndex(other => other.DisplayOrder == stage.DisplayOrder);
        if (holder < 0)
        {
            return [.. ordered.Append(stage).OrderBy(other => other.DisplayOrder)];
        }

        ordered.Insert(holder + 1, stage);
        return Number(ordered);
    }

    private static IReadOnlyList<PipelineStage> Number(IEnumerable<PipelineStage> ordered) =>
        [.. ordered.Select((stage, index) => stage with { DisplayOrder = index })];
}
