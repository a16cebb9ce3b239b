using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Planning;

/// <summary>Turns what was seen of a record into what should be done. Pure: same state and policy, same plan.</summary>
public static class SyncPlanner
{
    public static RecordPlan Plan(PairState pair, SyncPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(policy);
        return (pair.Local, pair.HubSpot) switch
        {
            (null, null) => new RecordPlan.Nothing(),
            ({ } local, null) => PlanOutward(local, pair.LocalIsArchived, policy),
            (_, { } hubSpot) => PlanInward(pair, hubSpot, policy),
        };
    }

    private static RecordPlan PlanInward(PairState pair, RecordSnapshot hubSpot, SyncPolicy policy)
    {
        if (pair.Match is MatchResult.Ambiguous)
        {
            return new RecordPlan.NeedsReview(OutcomeReason.SeveralMatches);
        }

        if (hubSpot.Map.Kind == RecordKind.Contact && !policy.Takes(hubSpot[StandardFields.LifecycleStage]))
        {
            return new RecordPlan.Excluded(OutcomeReason.StageNotInScope);
        }

        if (hubSpot.Map.Kind == RecordKind.Deal && !policy.TakesDeals)
        {
            return new RecordPlan.Excluded(OutcomeReason.DealsStaySeparate);
        }

        if (pair.Local is not { } local || pair.Match is not MatchResult.Matched match)
        {
            return policy.Mode == SyncMode.LocalIsSource && hubSpot.Map.Kind == RecordKind.Contact
                ? new RecordPlan.Excluded(OutcomeReason.OnlyInHubSpot)
                : new RecordPlan.CreateLocal();
        }

        if (pair.LocalIsArchived)
        {
            return new RecordPlan.Excluded(OutcomeReason.ArchivedHere);
        }

        var merge = ThreeWayMerge.Merge(pair.Ancestor, local, hubSpot);
        return merge.ChangesNothing && merge.AwaitsHubSpotClock.IsEmpty && match.By == MatchedBy.Link
            && Remembers(pair.Ancestor, merge.Ancestor)
                ? new RecordPlan.Nothing()
                : new RecordPlan.Update(merge, match.By);
    }

    // Both sides may have come to the same new value by themselves. That has to be remembered: against the old ancestor
    // the next edit of one side would look like an edit of the other.
    private static bool Remembers(ImmutableArray<string?> ancestor, ImmutableArray<string?> merged) =>
        !ancestor.IsDefault && ancestor.AsSpan().SequenceEqual(merged.AsSpan());

    /// <summary>
    /// A new contact in HubSpot needs an e-mail or a name there; without either nobody could tell who it is.
    /// </summary>
    private static RecordPlan PlanOutward(RecordSnapshot local, bool isArchived, SyncPolicy policy)
    {
        if (!policy.WritesToHubSpot || local.Map.Kind != RecordKind.Contact)
        {
            return new RecordPlan.Nothing();
        }

        if (isArchived)
        {
            return new RecordPlan.Excluded(OutcomeReason.ArchivedHere);
        }

        return local[StandardFields.Email] is null && local["first_name"] is null && local["last_name"] is null
            ? new RecordPlan.Excluded(OutcomeReason.NothingToIdentifyBy)
            : new RecordPlan.CreateInHubSpot();
    }
}
