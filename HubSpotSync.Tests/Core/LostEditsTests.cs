using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core;

/// <summary>Edits in HubSpot that fell between our read and our write.</summary>
public sealed class LostEditsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly FieldChange[] Sent = [new(0, "a", "ours")];

    [Fact]
    public void An_edit_right_under_our_write_is_found() => Assert.Equal(
        new LostEdit(0, "theirs", Noon, Sent[0]),
        Find(Sent, Ours("ours", 1), Theirs("theirs", 0), Theirs("a", -60)));

    [Fact]
    public void What_we_had_read_is_no_loss() => Assert.Null(Find(Sent, Ours("ours", 1), Theirs("a", -60)));

    [Fact]
    public void Whoever_edits_after_our_write_has_the_last_word() =>
        Assert.Null(Find(Sent, Theirs("later", 2), Ours("ours", 1), Theirs("theirs", 0)));

    [Fact]
    public void Several_writes_of_ours_are_looked_through() => Assert.Equal(
        new LostEdit(0, "theirs", Noon, Sent[0]),
        Find([.. Sent, new(0, "ours", "again")], Ours("again", 2), Ours("ours", 1), Theirs("theirs", 0)));

    [Fact]
    public void A_newer_lost_edit_is_taken_over_here_and_nothing_is_written_to_HubSpot_at_once()
    {
        var merge = Decide(ConflictRule.NewestEdit, localEditedAt: Noon.AddSeconds(-1));

        Assert.Equal([new FieldChange(0, "ours", "theirs")], merge.LocalPatch);
        Assert.Empty(merge.HubSpotPatch);
        Assert.Equal("ours", Assert.Single(merge.Ancestor)); // so that the next look sees an edit from here
    }

    [Theory]
    [InlineData(ConflictRule.NewestEdit)]
    [InlineData(ConflictRule.Local)]
    public void A_lost_edit_that_loses_is_kept_as_a_conflict(ConflictRule rule)
    {
        var merge = Decide(rule, localEditedAt: Noon.AddSeconds(1));

        Assert.Empty(merge.LocalPatch);
        var conflict = Assert.Single(merge.Conflicts);
        Assert.Equal(("theirs", ConflictWinner.Local), (conflict.HubSpotValue, conflict.Winner));
    }

    [Theory]
    [InlineData(ConflictRule.FillOnlyIfEmpty)]
    [InlineData(ConflictRule.AskPerson)]
    public void A_lost_edit_that_would_have_stayed_apart_is_kept_as_well(ConflictRule rule)
    {
        var conflict = Assert.Single(Decide(rule, localEditedAt: Noon).Conflicts);

        Assert.Equal(("theirs", ConflictWinner.Local, false), (
            conflict.HubSpotValue, conflict.Winner, conflict.AsksPerson)); // the sides agree: there is no question left
    }

    [Theory]
    [InlineData("ours")]
    [InlineData("a")]
    public void Who_went_back_here_to_the_value_before_has_edited_after_it(string agreed)
    {
        var merge = Decide(ConflictRule.NewestEdit, localEditedAt: Noon.AddSeconds(2), here: "a", agreed: agreed);

        Assert.Empty(merge.LocalPatch);
        Assert.Equal("theirs", Assert.Single(merge.Conflicts).HubSpotValue);
    }

    [Fact]
    public void A_lost_edit_that_no_value_table_has_is_kept_and_never_written()
    {
        var field = Field(ConflictRule.HubSpot) with { Values = new ValueTable([new("A", "a"), new("O", "ours")]) };
        var lost = LostEdits.Find(0, field, [Ours("O", 1), Theirs("theirs", 0), Theirs("A", -60)], Sent);

        var merge = Decide(ConflictRule.HubSpot, Noon, lost: lost);

        Assert.Empty(merge.LocalPatch);
        Assert.Equal("theirs", Assert.Single(merge.Conflicts).HubSpotValue);
    }

    private static MergeResult Decide(
        ConflictRule rule,
        DateTimeOffset localEditedAt,
        string here = "ours",
        string agreed = "ours",
        LostEdit? lost = null)
    {
        var map = new FieldMap(RecordKind.Contact, [Field(rule)]);
        var local = RecordSnapshot.OfLocal(map, [here], Noon) with { FieldClock = [localEditedAt] };
        return LostEdits.Decide(
            ImmutableArray.Create<string?>(agreed),
            local,
            RecordSnapshot.OfLocal(map, ["ours"], Noon),
            [lost ?? new LostEdit(0, "theirs", Noon, Sent[0])]);
    }

    private static FieldDefinition Field(ConflictRule rule) => new("f", "h", FieldType.Text, Rule: rule);

    private static LostEdit? Find(FieldChange[] sent, params ValueVersion[] history) =>
        LostEdits.Find(0, new FieldDefinition("f", "h", FieldType.Text), history, sent);

    private static ValueVersion Ours(string value, int second) => new(value, Noon.AddSeconds(second), true);

    private static ValueVersion Theirs(string value, int second) => new(value, Noon.AddSeconds(second), false);
}
