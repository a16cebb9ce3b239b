using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core;

/// <summary>What the tables of docs/sync-rules.md do not show.</summary>
public sealed class ThreeWayMergeTests
{
    private static readonly DateTimeOffset Early = DateTimeOffset.UnixEpoch;
    private static readonly DateTimeOffset Late = DateTimeOffset.UnixEpoch.AddHours(1);

    [Theory]
    [InlineData("here", "there", "there", "there")] // HubSpot is the source
    [InlineData("here", null, "here", null)] // a source that never had a value says nothing
    [InlineData(null, "there", "there", "there")]
    public void Inward_fields_on_first_sight(string? here, string? hubSpot, string? resultHere, string? newAncestor)
    {
        var merge = Merge(Map(FieldDirection.In, ConflictRule.HubSpot), default, here, hubSpot, "here");

        Assert.Equal(resultHere, merge.LocalPatch.Select(change => change.After).DefaultIfEmpty(here).Single());
        Assert.Empty(merge.HubSpotPatch);
        Assert.Equal([newAncestor], merge.Ancestor);
    }

    [Fact]
    public void An_inward_field_that_HubSpot_clears_is_cleared_here()
    {
        var merge = Merge(Map(FieldDirection.In, ConflictRule.HubSpot), ["a"], "a", null, "here");

        Assert.Null(Assert.Single(merge.LocalPatch).After);
    }

    [Theory]
    [InlineData("here", null, "here", "here")]
    [InlineData(null, "there", "there", "there")]
    public void On_first_sight_a_blank_is_no_edit_and_is_filled(
        string? here, string? hubSpot, string? resultHere, string? resultInHubSpot)
    {
        var merge = Merge(Map(FieldDirection.Both, ConflictRule.HubSpot), default, here, hubSpot, "HubSpot");

        Assert.Equal(resultHere, Result(merge.LocalPatch, here));
        Assert.Equal(resultInHubSpot, Result(merge.HubSpotPatch, hubSpot));
        Assert.Empty(merge.Conflicts);
    }

    [Theory]
    [InlineData("b", "a", "b")]
    [InlineData("a", "c", "c")]
    [InlineData(null, "a", "a")]
    [InlineData("a", null, "a")]
    [InlineData(null, "c", "c")]
    public void Where_a_blank_never_clears_one_sided_edits_travel_and_blanks_are_filled(
        string? here, string? hubSpot, string result)
    {
        var merge = Merge(
            new FieldMap(RecordKind.Contact, [Field(ConflictRule.AskPerson) with { Blank = BlankRule.NeverClears }]),
            ["a"], here, hubSpot, "here");

        Assert.Equal(result, Result(merge.LocalPatch, here));
        Assert.Equal(result, Result(merge.HubSpotPatch, hubSpot));
        Assert.Empty(merge.Conflicts);
    }

    [Fact]
    public void Newest_edit_waits_for_HubSpots_clock_instead_of_guessing()
    {
        var map = Map(FieldDirection.Both, ConflictRule.NewestEdit);

        var merge = ThreeWayMerge.Merge(
            ["a"], RecordSnapshot.OfLocal(map, ["b"], Late), RecordSnapshot.OfLocal(map, ["c"], Early));

        Assert.Equal([0], merge.AwaitsHubSpotClock);
        Assert.True(merge.ChangesNothing);
        Assert.Equal(["a"], merge.Ancestor);
    }

    [Fact]
    public void Phones_that_differ_in_writing_only_are_left_as_people_wrote_them()
    {
        var map = new FieldMap(RecordKind.Contact, [new("phone", "phone", FieldType.Phone)]);

        var merge = ThreeWayMerge.Merge(
            default,
            RecordSnapshot.OfLocal(map, ["+43 316 551234"], Late),
            RecordSnapshot.OfLocal(map, ["+43316551234"], Early));

        Assert.True(merge.ChangesNothing);
        Assert.Empty(merge.Conflicts);
    }

    private static FieldMap Map(FieldDirection direction, ConflictRule rule) =>
        new(RecordKind.Contact, [Field(rule) with { Direction = direction }]);

    private static FieldDefinition Field(ConflictRule rule) => new("city", "city", FieldType.Text, Rule: rule);

    private static string? Result(IEnumerable<FieldChange> patch, string? before) =>
        patch.Select(change => change.After).DefaultIfEmpty(before).Single();

    private static MergeResult Merge(
        FieldMap map, ImmutableArray<string?> ancestor, string? here, string? hubSpot, string newer) =>
        ThreeWayMerge.Merge(
            ancestor,
            RecordSnapshot.OfLocal(map, [here], Early) with { FieldClock = [newer == "here" ? Late : Early] },
            RecordSnapshot.OfLocal(map, [hubSpot], Early) with { FieldClock = [newer == "HubSpot" ? Late : Early] });
}
