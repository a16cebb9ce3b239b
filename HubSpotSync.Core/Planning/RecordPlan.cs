using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Merging;

namespace HubSpotSync.Core.Planning;

/// <summary>What should be done about one record.</summary>
public abstract record RecordPlan
{
    private RecordPlan()
    {
    }

    /// <summary>Both sides hold the same and are linked.</summary>
    public sealed record Nothing : RecordPlan;

    public sealed record CreateLocal : RecordPlan;

    public sealed record CreateInHubSpot : RecordPlan;

    /// <summary>Merge two records that are, or hereby become, linked.</summary>
    public sealed record Update(MergeResult Merge, MatchedBy By) : RecordPlan
    {
        public bool IsNewLink => By is not (MatchedBy.Link or MatchedBy.MergedLink);
    }

    public sealed record NeedsReview(OutcomeReason Reason) : RecordPlan;

    public sealed record Excluded(OutcomeReason Reason) : RecordPlan;
}
