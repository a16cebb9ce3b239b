using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>What a merge comes to.</summary>
public sealed class MergeLawTests
{
    [Fact]
    public void Merging_a_merged_pair_changes_nothing() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        var local = MergeCase.Apply(one.Local, merge.LocalPatch);
        var hubSpot = MergeCase.Apply(one.HubSpot, merge.HubSpotPatch);
        return ThreeWayMerge.Merge(merge.Ancestor, local, hubSpot).ChangesNothing;
    });

    [Fact]
    public void After_both_patches_two_way_fields_agree_unless_they_wait_or_may_differ() =>
        Law.Holds(MergeCase.Any, one =>
        {
            var merge = one.Merge();
            var local = MergeCase.Apply(one.Local, merge.LocalPatch);
            var hubSpot = MergeCase.Apply(one.HubSpot, merge.HubSpotPatch);
            return one.EachField((at, field) => field.Direction != FieldDirection.Both
                || one.HasGap(at)
                || merge.AwaitsHubSpotClock.Contains(at)
                || merge.Conflicts.Any(conflict => conflict.Field == at && conflict.Winner == ConflictWinner.Neither)
                || one.Same(at, local.Values[at], hubSpot.Values[at]));
        });

    [Fact]
    public void A_one_sided_edit_wins_whatever_rule_and_clock_say() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return !one.WasLinked || one.EachField((at, field) =>
        {
            var (agreed, here, there) = (one.Ancestor[at], one.Local.Values[at], one.HubSpot.Values[at]);
            var isEditedHere = !one.Same(at, here, agreed);
            if (field.Direction != FieldDirection.Both || one.HasGap(at)
                || isEditedHere == !one.Same(at, there, agreed))
            {
                return true;
            }

            var edit = isEditedHere ? here : there;
            var isNoEdit = edit is null && field.Blank == BlankRule.NeverClears;
            return merge.Conflicts.All(conflict => conflict.Field != at)
                && one.Same(at, merge.Ancestor[at], isNoEdit ? agreed : edit);
        });
    });

    [Fact]
    public void The_newest_edit_wins_and_HubSpot_on_a_tie() => Law.Holds(MergeCase.Any, one =>
        one.Merge().Conflicts.All(conflict => conflict.Rule != ConflictRule.NewestEdit
            || (conflict.Winner == ConflictWinner.Local)
                == ((one.Local.EditedAt(conflict.Field) ?? one.Local.ModifiedAt)
                    > one.HubSpot.EditedAt(conflict.Field)!.Value))); // a conflict without it would wait

    [Fact]
    public void Swapping_the_sides_and_the_rules_mirrors_the_result() => Law.Holds(
        draw => MirroredCase.Of(MergeCase.Any(draw)),
        both =>
        {
            var here = both.Plain.Merge();
            var there = both.Mirrored.Merge();
            return both.Plain.EachField((at, _) => !both.IsSymmetrical(at)
                || (Changes(here.LocalPatch, at).SequenceEqual(Changes(there.HubSpotPatch, at))
                    && Changes(here.HubSpotPatch, at).SequenceEqual(Changes(there.LocalPatch, at))));
        });

    [Fact]
    public void Each_field_is_decided_by_itself() => Law.Holds(
        draw => (One: MergeCase.Any(draw), Other: draw.Of<string?>([null, "b", "0043 1 5551234"])),
        both =>
        {
            var one = both.One;
            var other = one with { Local = one.Local with { Values = one.Local.Values.SetItem(1, both.Other) } };
            var (merge, again) = (one.Merge(), other.Merge());
            return merge.Ancestor[0] == again.Ancestor[0]
                && Changes(merge.LocalPatch, 0).SequenceEqual(Changes(again.LocalPatch, 0))
                && Changes(merge.HubSpotPatch, 0).SequenceEqual(Changes(again.HubSpotPatch, 0));
        });

    [Fact]
    public void Once_HubSpots_clock_is_read_nothing_waits_and_nothing_else_is_decided_anew() =>
        Law.Holds(MergeCase.Any, one =>
        {
            var merge = one.Merge();
            var read = (one with
            {
                HubSpot = one.HubSpot with
                {
                    FieldClock = [.. one.HubSpot.FieldClock.Select(at => at ?? DateTimeOffset.UnixEpoch)],
                },
            }).Merge();
            return read.AwaitsHubSpotClock.IsEmpty && one.EachField((at, field) => merge.AwaitsHubSpotClock.Contains(at)
                ? field.Rule == ConflictRule.NewestEdit && one.HubSpot.EditedAt(at) is null
                    && !Changes(merge.LocalPatch, at).Any() && !Changes(merge.HubSpotPatch, at).Any()
                : merge.Ancestor[at] == read.Ancestor[at]
                    && Changes(merge.LocalPatch, at).SequenceEqual(Changes(read.LocalPatch, at)));
        });

    private static IEnumerable<FieldChange> Changes(IEnumerable<FieldChange> patch, int field) =>
        patch.Where(change => change.Field == field);
}
