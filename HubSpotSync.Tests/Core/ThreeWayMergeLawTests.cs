using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core;

public sealed class ThreeWayMergeLawTests
{
    [Fact]
    public void Merging_a_merged_pair_changes_nothing() => Laws.Hold(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        var local = one.LocalSnapshot with { Values = MergeCase.Apply(one.Local, merge.LocalPatch) };
        var hubSpot = one.HubSpotSnapshot with { Values = MergeCase.Apply(one.HubSpot, merge.HubSpotPatch) };
        return ThreeWayMerge.Merge(merge.Ancestor, local, hubSpot).ChangesNothing;
    });

    [Fact]
    public void After_both_patches_the_two_way_fields_agree_unless_a_rule_leaves_them_to_a_person() =>
        Laws.Hold(MergeCase.Any, AgreesAfterwards);

    private static bool AgreesAfterwards(MergeCase one)
    {
        var merge = one.Merge();
        var local = MergeCase.Apply(one.Local, merge.LocalPatch);
        var hubSpot = MergeCase.Apply(one.HubSpot, merge.HubSpotPatch);
        return Enumerable.Range(0, one.Map.Fields.Length).All(field =>
            one.Map.Fields[field].Direction != FieldDirection.Both
            || local[field] == hubSpot[field]
            || merge.Conflicts.Any(conflict => conflict.Field == field && conflict.Winner == ConflictWinner.Neither));
    }

    [Fact]
    public void Every_value_that_is_written_was_held_by_the_other_side() => Laws.Hold(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return merge.LocalPatch.All(change =>
                change.After == one.HubSpot[change.Field] && change.Before == one.Local[change.Field])
            && merge.HubSpotPatch.All(change =>
                change.After == one.Local[change.Field] && change.Before == one.HubSpot[change.Field]);
    });

    [Fact]
    public void A_field_that_travels_one_way_is_never_written_at_its_source() => Laws.Hold(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return merge.HubSpotPatch.All(change => DirectionOf(change) is FieldDirection.Both or FieldDirection.Out)
            && merge.LocalPatch.All(change => DirectionOf(change) is FieldDirection.Both or FieldDirection.In);

        FieldDirection DirectionOf(FieldChange change) => one.Map.Fields[change.Field].Direction;
    });

    [Fact]
    public void Swapping_the_sides_and_the_rules_mirrors_the_result() => Laws.Hold(MergeCase.Any, one =>
    {
        var here = one.Merge();
        var map = new FieldMap(RecordKind.Contact, one.Map.Fields.Select(field => field with
        {
            Direction = Mirror(field.Direction),
            Rule = Mirror(field.Rule),
        }));
        var there = ThreeWayMerge.Merge(
            one.KnownAncestor, one.HubSpotSnapshot with { Map = map }, one.LocalSnapshot with { Map = map });

        // A tie goes to HubSpot, whichever side that is: it is the one thing that is not symmetrical.
        var untied = Enumerable.Range(0, map.Fields.Length)
            .Where(field => one.LocalSnapshot.EditedAt(field) != one.HubSpotSnapshot.EditedAt(field)).ToHashSet();
        return here.LocalPatch.Where(change => untied.Contains(change.Field))
                .SequenceEqual(there.HubSpotPatch.Where(change => untied.Contains(change.Field)))
            && here.HubSpotPatch.Where(change => untied.Contains(change.Field))
                .SequenceEqual(there.LocalPatch.Where(change => untied.Contains(change.Field)));
    });

    [Fact]
    public void A_one_sided_edit_wins_whatever_rule_and_clock_say() => Laws.Hold(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return !one.WasLinked || Enumerable.Range(0, one.Map.Fields.Length).All(field =>
        {
            var (agreed, here, there) = (one.Ancestor[field], one.Local[field], one.HubSpot[field]);
            return one.Map.Fields[field].Direction != FieldDirection.Both
                || (here == agreed) == (there == agreed)
                || merge.Ancestor[field] == (here == agreed ? there : here);
        });
    });

    [Fact]
    public void The_losing_value_of_every_conflict_is_kept() => Laws.Hold(
        MergeCase.Any,
        one => one.Merge().Conflicts.All(conflict => conflict.LocalValue == one.Local[conflict.Field]
            && conflict.HubSpotValue == one.HubSpot[conflict.Field]));

    private static FieldDirection Mirror(FieldDirection direction) => direction switch
    {
        FieldDirection.In => FieldDirection.Out,
        FieldDirection.Out => FieldDirection.In,
        _ => direction,
    };

    private static ConflictRule Mirror(ConflictRule rule) => rule switch
    {
        ConflictRule.HubSpot => ConflictRule.Local,
        ConflictRule.Local => ConflictRule.HubSpot,
        ConflictRule.HubSpotUnlessBlank => ConflictRule.LocalUnlessBlank,
        ConflictRule.LocalUnlessBlank => ConflictRule.HubSpotUnlessBlank,
        _ => rule,
    };
}
