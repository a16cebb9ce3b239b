using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;

namespace HubSpotSync.Tests.Core.Laws;

/// <summary>What a merge never writes, and what it never forgets.</summary>
public sealed class PatchLawTests
{
    [Fact]
    public void Every_value_that_is_written_was_held_by_the_other_side() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return merge.LocalPatch.All(change => change.After == one.HubSpot.Values[change.Field]
                && change.Before == one.Local.Values[change.Field])
            && merge.HubSpotPatch.All(change => change.After == one.Local.Values[change.Field]
                && change.Before == one.HubSpot.Values[change.Field]);
    });

    [Fact]
    public void What_is_remembered_is_one_of_the_three_values() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return merge.Ancestor.Length == MergeCase.Width && one.EachField((at, _) =>
            merge.Ancestor[at] == one.Local.Values[at]
            || merge.Ancestor[at] == one.HubSpot.Values[at]
            || merge.Ancestor[at] == (one.WasLinked ? one.Ancestor[at] : null));
    });

    [Fact]
    public void Only_mapped_fields_that_differ_are_written_and_only_on_one_side() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        var all = merge.LocalPatch.AddRange(merge.HubSpotPatch);
        return all.All(change => change.Field is >= 0 and < MergeCase.Width
                && !one.Same(change.Field, change.Before, change.After))
            && all.Select(change => change.Field).Distinct().Count() == all.Length;
    });

    [Fact]
    public void A_field_that_travels_one_way_is_never_written_at_its_source() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return merge.HubSpotPatch.All(change => one.Map.Fields[change.Field].TravelsToHubSpot)
            && merge.LocalPatch.All(change => one.Map.Fields[change.Field].ArrivesFromHubSpot)
            && merge.Conflicts.All(conflict => one.Map.Fields[conflict.Field].Direction == FieldDirection.Both);
    });

    [Fact]
    public void A_field_that_is_off_is_written_nowhere() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return one.EachField((at, field) => field.Direction != FieldDirection.Off || !Touches(merge, at));
    });

    [Fact]
    public void A_gap_is_written_nowhere_and_what_was_agreed_stays() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return one.EachField((at, _) => !one.HasGap(at)
            || (!Touches(merge, at) && merge.Ancestor[at] == (one.WasLinked ? one.Ancestor[at] : null)));
    });

    [Fact]
    public void Where_a_blank_never_clears_nothing_is_ever_cleared() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return merge.LocalPatch.AddRange(merge.HubSpotPatch).All(change =>
            change.After is not null || one.Map.Fields[change.Field].Blank == BlankRule.Clears);
    });

    [Fact]
    public void Without_a_link_nothing_is_ever_cleared() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return one.WasLinked
            || merge.LocalPatch.AddRange(merge.HubSpotPatch).All(change => change.After is not null);
    });

    [Fact]
    public void The_losing_value_of_every_conflict_is_kept() => Law.Holds(MergeCase.Any, one =>
    {
        var merge = one.Merge();
        return merge.Conflicts.All(conflict => conflict.LocalValue == one.Local.Values[conflict.Field]
                && conflict.HubSpotValue == one.HubSpot.Values[conflict.Field]
                && conflict.LocalEditedAt == one.Local.EditedAt(conflict.Field)
                && conflict.HubSpotEditedAt == one.HubSpot.EditedAt(conflict.Field))
            && one.EachField((at, field) => !IsEditedOnBothSides(one, at, field)
                || merge.AwaitsHubSpotClock.Contains(at)
                || merge.Conflicts.Any(conflict => conflict.Field == at));
    });

    private static bool IsEditedOnBothSides(MergeCase one, int at, FieldDefinition field)
    {
        var (here, there) = (one.Local.Values[at], one.HubSpot.Values[at]);
        var blankIsNoEdit = !one.WasLinked || field.Blank == BlankRule.NeverClears;
        return field.Direction == FieldDirection.Both && !one.HasGap(at) && !one.Same(at, here, there)
            && IsEdit(here) && IsEdit(there);

        bool IsEdit(string? value) => !(blankIsNoEdit && value is null)
            && (!one.WasLinked || !one.Same(at, value, one.Ancestor[at]));
    }

    private static bool Touches(MergeResult merge, int field) =>
        merge.LocalPatch.Any(change => change.Field == field)
        || merge.HubSpotPatch.Any(change => change.Field == field)
        || merge.Conflicts.Any(conflict => conflict.Field == field)
        || merge.AwaitsHubSpotClock.Contains(field);
}
