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

    /// <param name="IsApart">It is somebody who is here already, and a person wants two records all the same.</param>
    public sealed record CreateLocal(bool IsApart = false) : RecordPlan;

    public sealed record CreateInHubSpot : RecordPlan;

    /// <summary>Merge two records that are, or hereby become, linked.</summary>
    public sealed record Update(MergeResult Merge, MatchedBy By) : RecordPlan
    {
        /// <summary>It was archived when it left the scope and is taken back.</summary>
        public bool Revives { get; init; }

        public bool IsNewLink => By is not (MatchedBy.Link or MatchedBy.MergedLink);
    }

    /// <summary>It left the scope, and the admin wants such records archived here.</summary>
    public sealed record ArchiveLocal(OutcomeReason Reason) : RecordPlan;

    public sealed record NeedsReview(OutcomeReason Reason) : RecordPlan;

    public sealed record Excluded(OutcomeReason Reason) : RecordPlan;
}
