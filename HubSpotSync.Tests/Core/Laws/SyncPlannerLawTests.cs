using HubSpotSync.Core.Matching;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Planning;
using HubSpotSync.Core.Records;
using HubSpotSync.Core.Scope;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>What is never planned, whatever the rules.</summary>
public sealed class SyncPlannerLawTests
{
    [Fact]
    public void The_same_state_makes_the_same_plan() => Law.Holds(PlanCase.Any, one =>
    {
        var copy = one.Pair with { Local = Copy(one.Pair.Local), HubSpot = Copy(one.Pair.HubSpot) };
        return (one.Plan(), SyncPlanner.Plan(copy, one.Policy, PlanCase.Now)) switch
        {
            (RecordPlan.Update here, RecordPlan.Update there) =>
                here.By == there.By && here.Revives == there.Revives && Same(here.Merge, there.Merge),
            var (here, there) => here == there,
        };
    });

    [Fact]
    public void Where_HubSpot_is_the_source_nothing_is_ever_written_there() => Law.Holds(PlanCase.Any, one =>
        (one.Policy.Mode != SyncMode.HubSpotIsSource && one.IsContact) || one.Plan() switch
        {
            RecordPlan.CreateInHubSpot => false,
            RecordPlan.Update update => update.Merge.HubSpotPatch.IsEmpty,
            _ => true,
        });

    [Fact]
    public void Out_of_scope_nothing_is_created_or_updated_and_nobody_asked() => Law.Holds(PlanCase.Any, one =>
        one.Pair.HubSpot is null || one.IsInScope || one.Plan() switch
        {
            RecordPlan.Excluded excluded => IsOfScope(excluded.Reason),
            RecordPlan.ArchiveLocal archive => IsOfScope(archive.Reason) && one.Policy.Leaving == LeavingRule.Archive
                && one is { IsLinked: true, IsContact: true, Pair.LocalIsArchived: false },
            _ => false,
        });

    [Fact]
    public void In_scope_nothing_is_left_out_for_its_scope() => Law.Holds(PlanCase.Any, one =>
        one.Pair.HubSpot is null || !one.IsInScope || one.Plan() switch
        {
            RecordPlan.ArchiveLocal => false,
            RecordPlan.Excluded excluded => !IsOfScope(excluded.Reason),
            _ => true,
        });

    [Fact]
    public void Under_review_no_contact_comes_or_goes_for_the_first_time_undecided() => Law.Holds(PlanCase.Any, one =>
        !one.Policy.IsUnderReview || !one.IsContact || one.Pair.Decision is not null || one.IsLinked
        || one.By == MatchedBy.OwnId // it is ours
        || IsLeftAlone(one.Plan()));

    [Fact]
    public void Whom_a_person_skipped_is_neither_created_nor_updated() => Law.Holds(PlanCase.Any, one =>
        one.IsLinked || one.Pair.HubSpot is null || one.Pair.Decision is not { Answer: ReviewAnswer.Skip }
        || one.Plan() is RecordPlan.Excluded);

    [Fact]
    public void Who_was_archived_here_by_a_person_stays_as_he_is() => Law.Holds(PlanCase.Any, one =>
        !one.Pair.LocalIsArchived || one.Plan() switch
        {
            RecordPlan.Update update => update.Revives && one.IsLinked && one.Pair.WasArchivedForScope,
            RecordPlan.CreateInHubSpot or RecordPlan.ArchiveLocal => false,
            _ => true,
        });

    [Fact]
    public void Several_matches_are_left_to_a_person() => Law.Holds(PlanCase.Any, one =>
        one.Pair.Match is not MatchResult.Ambiguous || one.Pair.HubSpot is null || one.Plan() switch
        {
            RecordPlan.NeedsReview review => review.Reason == OutcomeReason.SeveralMatches,
            RecordPlan.CreateLocal create => create.IsApart && one.Pair.Decision!.Answer == ReviewAnswer.CreateNew,
            RecordPlan.Excluded excluded => IsOfScope(excluded.Reason) || one.Pair.Decision is not null,
            _ => false,
        });

    [Fact]
    public void A_plan_fits_what_is_there() => Law.Holds(PlanCase.Any, one => one.Plan() switch
    {
        RecordPlan.CreateInHubSpot => one is { Pair: { HubSpot: null, Local: not null }, IsContact: true },
        RecordPlan.CreateLocal create => one.Pair.HubSpot is not null && (create.IsApart || one.Pair.Local is null),
        RecordPlan.Update update => one.Pair is { HubSpot: not null, Local: not null } && update.By == one.By
            && update.IsNewLink == !one.IsLinked,
        RecordPlan.ArchiveLocal => one is { Pair.Local: not null, IsLinked: true },
        _ => true,
    });

    [Fact]
    public void A_plan_that_was_carried_out_leaves_nothing_to_do() => Law.Holds(PlanCase.Any, one =>
    {
        if (one.Plan() is not RecordPlan.Update { Merge: { AwaitsHubSpotClock.IsEmpty: true } merge }
            || merge.Conflicts.Any(conflict => conflict.AsksPerson))
        {
            return true;
        }

        var after = one.Pair with
        {
            Local = MergeCase.Apply(one.Pair.Local!, merge.LocalPatch), // an update has both sides
            HubSpot = MergeCase.Apply(one.Pair.HubSpot!, merge.HubSpotPatch), // as above
            LocalIsArchived = false,
            Match = new MatchResult.Matched(Guid.Empty, MatchedBy.Link),
            Ancestor = merge.Ancestor,
        };
        var again = SyncPlanner.Plan(after, one.Policy, PlanCase.Now);
        return again is RecordPlan.Nothing || !(one with { Pair = after }).IsInScope;
    });

    private static bool IsLeftAlone(RecordPlan plan) =>
        plan is RecordPlan.Nothing or RecordPlan.Excluded or RecordPlan.NeedsReview or RecordPlan.ArchiveLocal;

    private static bool IsOfScope(OutcomeReason reason) => reason is OutcomeReason.StageNotInScope
        or OutcomeReason.NotInLists or OutcomeReason.NotActive or OutcomeReason.StillActive
        or OutcomeReason.DealsStaySeparate or OutcomeReason.CompaniesStaySeparate;

    private static RecordSnapshot? Copy(RecordSnapshot? side) =>
        side is null ? null : side with { Values = [.. side.Values], FieldClock = [.. side.FieldClock] };

    private static bool Same(MergeResult one, MergeResult other) =>
        one.LocalPatch.SequenceEqual(other.LocalPatch)
        && one.HubSpotPatch.SequenceEqual(other.HubSpotPatch)
        && one.Ancestor.SequenceEqual(other.Ancestor)
        && one.Conflicts.SequenceEqual(other.Conflicts)
        && one.AwaitsHubSpotClock.SequenceEqual(other.AwaitsHubSpotClock);
}
