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
    public static RecordPlan Plan(PairState pair, SyncPolicy policy, DateTimeOffset now) =>
        Plan(pair, policy, now, notes: null);

    /// <summary>The same plan, with the rules that were asked on the way to it.</summary>
    public static ExplainedPlan Explain(PairState pair, SyncPolicy policy, DateTimeOffset now)
    {
        var notes = new PlanNotes();
        return new ExplainedPlan(Plan(pair, policy, now, notes), notes.Steps);
    }

    private static RecordPlan Plan(PairState pair, SyncPolicy policy, DateTimeOffset now, PlanNotes? notes)
    {
        ArgumentNullException.ThrowIfNull(pair);
        ArgumentNullException.ThrowIfNull(policy);
        return (pair.Local, pair.HubSpot) switch
        {
            (null, null) => new RecordPlan.Nothing(),
            ({ } local, null) => PlanOutward(local, pair.LocalIsArchived, policy, notes),
            (_, { } hubSpot) => PlanInward(new Question(pair, hubSpot, policy, notes), now),
        };
    }

    private static RecordPlan PlanInward(Question asked, DateTimeOffset now)
    {
        var (pair, hubSpot, policy, notes) = asked;
        if (notes.Decides(PlanRule.KindStaysThere, !policy.Takes(hubSpot.Map.Kind)))
        {
            return new RecordPlan.Excluded(hubSpot.Map.Kind == RecordKind.Deal
                ? OutcomeReason.DealsStaySeparate
                : OutcomeReason.CompaniesStaySeparate);
        }

        if (notes.Decides(PlanRule.SetApart, pair.IsSetApart))
        {
            return new RecordPlan.Excluded(OutcomeReason.SetApart);
        }

        if (hubSpot.Map.Kind == RecordKind.Contact && policy.KeepsOut(pair, now, notes) is { } reason)
        {
            return Leaves(pair, policy) ? new RecordPlan.ArchiveLocal(reason) : new RecordPlan.Excluded(reason);
        }

        if (notes.Decides(PlanRule.SeveralMatches, pair.Match is MatchResult.Ambiguous
            && pair.Decision is not { Answer: ReviewAnswer.CreateNew or ReviewAnswer.Skip }))
        {
            return new RecordPlan.NeedsReview(OutcomeReason.SeveralMatches);
        }

        var link = pair.Match as MatchResult.Matched;
        return notes.Leads(PlanRule.LinkedBefore, link is { By: MatchedBy.Link or MatchedBy.MergedLink })
            ? PlanLinked(asked, link!.By) // just asked
            : PlanFirstSight(asked);
    }

    private static bool Leaves(PairState pair, SyncPolicy policy) =>
        policy.Leaving == Scope.LeavingRule.Archive && !pair.LocalIsArchived
        && pair.Match is MatchResult.Matched { By: MatchedBy.Link or MatchedBy.MergedLink };

    private static RecordPlan PlanLinked(Question asked, MatchedBy by)
    {
        var pair = asked.Pair;
        var revives = pair is { LocalIsArchived: true, WasArchivedForScope: true };
        if (asked.Notes.Decides(PlanRule.ArchivedHere, pair.LocalIsArchived && !revives))
        {
            return new RecordPlan.Excluded(OutcomeReason.ArchivedHere);
        }

        var merge = ThreeWayMerge.Merge(pair.Ancestor, pair.Local!, asked.HubSpot); // a link has both sides
        return merge.ChangesNothing && merge.AwaitsHubSpotClock.IsEmpty && by == MatchedBy.Link && !revives
            && merge.Conflicts.All(StaysForGood) && Remembers(pair.Ancestor, merge.Ancestor)
                ? asked.Notes.Syncs(new RecordPlan.Nothing())
                : asked.Notes.Syncs<RecordPlan>(new RecordPlan.Update(merge, by) { Revives = revives });
    }

    /// <summary>Two values that differ and may: there is nothing to decide and nothing is lost.</summary>
    private static bool StaysForGood(FieldConflict conflict) =>
        conflict is { Winner: ConflictWinner.Neither, Rule: ConflictRule.FillOnlyIfEmpty };

    /// <summary>Nobody linked it before: a person's decision comes first, then the rules.</summary>
    private static RecordPlan PlanFirstSight(Question asked)
    {
        var (pair, hubSpot, policy, notes) = asked;
        if (notes.Decides(PlanRule.LeftOut, pair.Decision is { Answer: ReviewAnswer.Skip }))
        {
            return new RecordPlan.Excluded(OutcomeReason.SkippedInReview);
        }

        if (notes.Leads(PlanRule.WantedApart, pair.Decision is { Answer: ReviewAnswer.CreateNew }))
        {
            return notes.Syncs(new RecordPlan.CreateLocal(IsApart: true));
        }

        var isContact = hubSpot.Map.Kind == RecordKind.Contact;
        var match = pair.Match as MatchResult.Matched;
        if (notes.Leads(PlanRule.NobodyHere, pair.Local is null || match is null))
        {
            return PlanNewcomer(asked, isContact);
        }

        if (notes.Decides(PlanRule.ArchivedHere, pair.LocalIsArchived))
        {
            return new RecordPlan.Excluded(OutcomeReason.ArchivedHere);
        }

        var by = match!.By; // just asked
        if (isContact && by != MatchedBy.OwnId && pair.Decision is null && MeetsDuplicate(policy, notes) is { } plan)
        {
            return plan;
        }

        var replaces = isContact && by != MatchedBy.OwnId && (pair.Decision is { Answer: ReviewAnswer.Replace }
            || (pair.Decision is null && policy.Duplicates == DuplicateRule.Replace));
        var merge = replaces ? Replace(pair.Local!, hubSpot) : ThreeWayMerge.Merge(pair.Ancestor, pair.Local!, hubSpot);
        return notes.Syncs(new RecordPlan.Update(merge, by));
    }

    private static RecordPlan PlanNewcomer(Question asked, bool isContact)
    {
        var (pair, _, policy, notes) = asked;
        if (notes.Decides(PlanRule.OnlyOurs, isContact && policy.Mode == SyncMode.LocalIsSource))
        {
            return new RecordPlan.Excluded(OutcomeReason.OnlyInHubSpot);
        }

        return notes.Decides(PlanRule.UnderReview, isContact && policy.IsUnderReview && pair.Decision is null)
            ? new RecordPlan.NeedsReview(OutcomeReason.WaitsForReview)
            : notes.Syncs<RecordPlan>(new RecordPlan.CreateLocal());
    }

    /// <returns>What becomes of somebody who is here already where no person has decided; or <c>null</c>.</returns>
    private static RecordPlan? MeetsDuplicate(SyncPolicy policy, PlanNotes? notes) =>
        notes.Decides(PlanRule.UnderReview, policy.IsUnderReview)
            ? new RecordPlan.NeedsReview(OutcomeReason.WaitsForReview)
        : notes.Decides(PlanRule.DuplicateAsks, policy.Duplicates == DuplicateRule.Ask)
            ? new RecordPlan.NeedsReview(OutcomeReason.DuplicateWaits)
        : notes.Decides(PlanRule.DuplicateLeftOut, policy.Duplicates == DuplicateRule.Skip)
            ? new RecordPlan.Excluded(OutcomeReason.DuplicateSkipped)
        : null;

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
    private static RecordPlan PlanOutward(
        RecordSnapshot local, bool isArchived, SyncPolicy policy, PlanNotes? notes)
    {
        if (notes.Decides(
            PlanRule.NothingGoesThere, !policy.WritesToHubSpot || local.Map.Kind != RecordKind.Contact))
        {
            return new RecordPlan.Nothing();
        }

        if (notes.Decides(PlanRule.ArchivedHere, isArchived))
        {
            return new RecordPlan.Excluded(OutcomeReason.ArchivedHere);
        }

        if (notes.Decides(PlanRule.UnderReview, policy.IsUnderReview))
        {
            return new RecordPlan.Excluded(OutcomeReason.WaitsForReview);
        }

        var isNameless = local[StandardFields.Email] is null && local["first_name"] is null
            && local["last_name"] is null;
        return notes.Decides(PlanRule.Nameless, isNameless)
            ? new RecordPlan.Excluded(OutcomeReason.NothingToIdentifyBy)
            : notes.Syncs<RecordPlan>(new RecordPlan.CreateInHubSpot());
    }

    /// <summary>A record that HubSpot has, and by what it is decided about.</summary>
    private readonly record struct Question(
        PairState Pair, RecordSnapshot HubSpot, SyncPolicy Policy, PlanNotes? Notes);
}
