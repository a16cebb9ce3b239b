using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Planning;

/// <summary>
/// Turns what was seen of a record into what should be done. Pure: same state, policy and time, same plan.
/// </summary>
public static class SyncPlanner
{
    public static RecordPlan Plan(PairState pair, SyncPolicy policy, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(policy);
        return (pair.Local, pair.HubSpot) switch
        {
            (null, null) => new RecordPlan.Nothing(),
            ({ } local, null) => PlanOutward(local, pair.LocalIsArchived, policy),
            (_, { } hubSpot) => PlanInward(pair, hubSpot, policy, now),
        };
    }

    private static RecordPlan PlanInward(
        PairState pair, RecordSnapshot hubSpot, SyncPolicy policy, DateTimeOffset now)
    {
        if (!policy.Takes(hubSpot.Map.Kind))
        {
            return new RecordPlan.Excluded(hubSpot.Map.Kind == RecordKind.Deal
                ? OutcomeReason.DealsStaySeparate
                : OutcomeReason.CompaniesStaySeparate);
        }

        if (hubSpot.Map.Kind == RecordKind.Contact && policy.KeepsOut(pair, now) is { } reason)
        {
            return Leaves(pair, policy) ? new RecordPlan.ArchiveLocal(reason) : new RecordPlan.Excluded(reason);
        }

        if (pair.Match is MatchResult.Ambiguous
            && pair.Decision is not { Answer: ReviewAnswer.CreateNew or ReviewAnswer.Skip })
        {
            return new RecordPlan.NeedsReview(OutcomeReason.SeveralMatches);
        }

        return pair.Match is MatchResult.Matched { By: MatchedBy.Link or MatchedBy.MergedLink } linked
            ? PlanLinked(pair, linked.By)
            : PlanFirstSight(pair, hubSpot, policy);
    }

    private static bool Leaves(PairState pair, SyncPolicy policy) =>
        policy.Leaving == Scope.LeavingRule.Archive && !pair.LocalIsArchived
        && pair.Match is MatchResult.Matched { By: MatchedBy.Link or MatchedBy.MergedLink };

    private static RecordPlan PlanLinked(PairState pair, MatchedBy by)
    {
        var revives = pair is { LocalIsArchived: true, WasArchivedForScope: true };
        if (pair.LocalIsArchived && !revives)
        {
            return new RecordPlan.Excluded(OutcomeReason.ArchivedHere);
        }

        var merge = ThreeWayMerge.Merge(pair.Ancestor, pair.Local!, pair.HubSpot!); // a link has both sides
        return merge.ChangesNothing && merge.AwaitsHubSpotClock.IsEmpty && by == MatchedBy.Link && !revives
            && merge.Conflicts.All(StaysForGood) && Remembers(pair.Ancestor, merge.Ancestor)
                ? new RecordPlan.Nothing()
                : new RecordPlan.Update(merge, by) { Revives = revives };
    }

    /// <summary>Two values that differ and may: there is nothing to decide and nothing is lost.</summary>
    private static bool StaysForGood(FieldConflict conflict) =>
        conflict is { Winner: ConflictWinner.Neither, Rule: ConflictRule.FillOnlyIfEmpty };

    /// <summary>Nobody linked it before: a person's decision comes first, then the rules.</summary>
    private static RecordPlan PlanFirstSight(PairState pair, RecordSnapshot hubSpot, SyncPolicy policy)
    {
        var isContact = hubSpot.Map.Kind == RecordKind.Contact;
        if (pair.Decision is { Answer: ReviewAnswer.Skip })
        {
            return new RecordPlan.Excluded(OutcomeReason.SkippedInReview);
        }

        if (pair.Decision is { Answer: ReviewAnswer.CreateNew })
        {
            return new RecordPlan.CreateLocal(IsApart: true);
        }

        if (pair.Local is not { } local || pair.Match is not MatchResult.Matched { By: var by })
        {
            return isContact && policy.Mode == SyncMode.LocalIsSource
                ? new RecordPlan.Excluded(OutcomeReason.OnlyInHubSpot)
                : isContact && policy.IsUnderReview && pair.Decision is null
                    ? new RecordPlan.NeedsReview(OutcomeReason.WaitsForReview)
                    : new RecordPlan.CreateLocal();
        }

        if (pair.LocalIsArchived)
        {
            return new RecordPlan.Excluded(OutcomeReason.ArchivedHere);
        }

        if (isContact && by != MatchedBy.OwnId && pair.Decision is null)
        {
            if (policy.IsUnderReview)
            {
                return new RecordPlan.NeedsReview(OutcomeReason.WaitsForReview);
            }

            switch (policy.Duplicates)
            {
                case DuplicateRule.Ask:
                    return new RecordPlan.NeedsReview(OutcomeReason.DuplicateWaits);
                case DuplicateRule.Skip:
                    return new RecordPlan.Excluded(OutcomeReason.DuplicateSkipped);
            }
        }

        var replaces = isContact && by != MatchedBy.OwnId && (pair.Decision is { Answer: ReviewAnswer.Replace }
            || (pair.Decision is null && policy.Duplicates == DuplicateRule.Replace));
        return new RecordPlan.Update(replaces ? Replace(local, hubSpot) : Merge(pair, local, hubSpot), by);
    }

    private static MergeResult Merge(PairState pair, RecordSnapshot local, RecordSnapshot hubSpot) =>
        ThreeWayMerge.Merge(pair.Ancestor, local, hubSpot);

    private static MergeResult Replace(RecordSnapshot local, RecordSnapshot hubSpot)
    {
        var map = local.Map.PreferringHubSpot();
        return ThreeWayMerge.Merge(default, local with { Map = map }, hubSpot with { Map = map });
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

        if (isArchived || policy.IsUnderReview)
        {
            return new RecordPlan.Excluded(isArchived ? OutcomeReason.ArchivedHere : OutcomeReason.WaitsForReview);
        }

        return local[StandardFields.Email] is null && local["first_name"] is null && local["last_name"] is null
            ? new RecordPlan.Excluded(OutcomeReason.NothingToIdentifyBy)
            : new RecordPlan.CreateInHubSpot();
    }
}
