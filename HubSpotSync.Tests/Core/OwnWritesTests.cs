using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core;

/// <summary>Writes whose answer was lost, told from edits of people.</summary>
public sealed class OwnWritesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly FieldMap Map = new(RecordKind.Contact,
    [
        new("f", "h", FieldType.Text),
        new("g", "i", FieldType.Text),
        new(StandardFields.LifecycleStage, "lifecyclestage", FieldType.Enumeration),
    ]);

    [Fact]
    public void Of_several_writes_the_one_that_landed_last_counts()
    {
        var (ancestor, settled) = Recognize(
            "a", [Sent((0, "a", "b")), Sent((0, "a", "c"))], Ours("b"), Ours("c"), Theirs("a"));

        Assert.Equal("b", ancestor); // or what is newer here would be taken for older than what HubSpot holds
        Assert.Equal(2, settled.Length);
    }

    [Fact]
    public void What_was_agreed_on_after_a_write_stays_agreed()
    {
        var (ancestor, settled) = Recognize("c", [Sent((0, "a", "b"))], Ours("c"), Ours("b"), Theirs("a"));

        Assert.Equal("c", ancestor);
        Assert.Single(settled);
    }

    [Fact]
    public void Another_program_that_puts_back_what_was_there_before_our_write_has_edited()
    {
        var (ancestor, _) = Recognize("a", [Sent((0, "a", "b"))], Ours("a"), Ours("b"), Theirs("a"));

        Assert.Equal("b", ancestor);
    }

    [Fact]
    public void A_value_that_somebody_else_entered_too_does_not_show_that_ours_has_landed()
    {
        var (ancestor, settled) = OwnWrites.Recognize(
            default,
            Map,
            [Sent((0, null, "a@x.example"), (1, null, "Ours"))],
            At([Theirs("a@x.example")], [Theirs("Theirs")]));

        Assert.True(ancestor.IsDefault);
        Assert.Empty(settled);
    }

    [Fact]
    public void A_write_of_ours_that_said_a_part_of_it_does_not_show_that_the_whole_has_landed()
    {
        var creation = Sent((0, null, "Ada"), (1, null, "Ours"));
        var update = Sent((0, null, "Ada"));

        var (_, settled) = OwnWrites.Recognize(
            default, Map, [creation, update], At([Ours("Ada")], [Theirs("Theirs")]));

        Assert.Equal([update.Id], settled.Select(one => one.Id));
    }

    [Fact]
    public void Of_two_that_say_the_same_one_is_still_on_its_way()
    {
        var first = Sent((0, "a", "b"));

        var (_, settled) = OwnWrites.Recognize(
            ["a", null], Map, [first, Sent((0, "a", "b"))], At([Ours("b"), Theirs("a")]));

        Assert.Equal([first.Id], settled.Select(one => one.Id));
    }

    [Fact]
    public void The_second_of_two_that_say_the_same_is_told_by_a_version_of_its_own()
    {
        var second = Sent((0, "a", "b"));

        var (ancestor, settled) = OwnWrites.Recognize(
            ["c", null],
            Map,
            [Sent((0, "a", "b")) with { HasLanded = true }, second],
            At([Ours("b"), Theirs("c"), Ours("b"), Theirs("a")]));

        Assert.Equal(["b", null], ancestor);
        Assert.Equal([second.Id], settled.Select(one => one.Id));
    }

    [Fact]
    public void A_stage_that_HubSpot_does_not_take_back_shows_nothing()
    {
        var (_, settled) = OwnWrites.Recognize(
            default, Map, [Sent((0, null, "Ada"), (2, null, "lead"))], At([Ours("Ada")], [], [Theirs("customer")]));

        Assert.Single(settled);
    }

    [Fact]
    public void Without_the_history_nothing_is_told()
    {
        var (ancestor, settled) = OwnWrites.Recognize(["a", null], Map, [Sent((0, "a", "b"))], null);

        Assert.Equal(["a", null], ancestor);
        Assert.Empty(settled);
    }

    [Fact]
    public void What_cannot_land_any_more_is_settled_without_having_landed()
    {
        var (ancestor, settled) = OwnWrites.Recognize(
            ["a", null], Map, [Sent((0, "a", "b")) with { IsOld = true }], At([Theirs("a")]));

        Assert.Equal(["a", null], ancestor);
        Assert.False(Assert.Single(settled).HasLanded);
    }

    private static (string? Ancestor, ImmutableArray<SentWrite> Settled) Recognize(
        string ancestor, SentWrite[] sent, params ValueVersion[] history)
    {
        var (values, settled) = OwnWrites.Recognize([ancestor, null], Map, sent, At(history));
        return (values[0], settled);
    }

    private static Func<int, IReadOnlyList<ValueVersion>> At(params ValueVersion[][] histories) =>
        field => field < histories.Length ? histories[field] : [];

    private static SentWrite Sent(params (int Field, string? Before, string After)[] changes) => new(
        Guid.NewGuid(),
        [.. changes.Select(change => new FieldChange(change.Field, change.Before, change.After))],
        IsOld: false) { At = Noon };

    private static ValueVersion Ours(string value) => new(value, Noon, true);

    private static ValueVersion Theirs(string value) => new(value, Noon, false);
}
