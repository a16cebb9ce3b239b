using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core;

/// <summary>Writes whose answer was lost, told from edits of people.</summary>
public sealed class OwnWritesTests
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);
    private static readonly FieldMap Map = new(RecordKind.Contact, [new("f", "h", FieldType.Text)]);

    [Fact]
    public void Of_several_writes_the_one_that_landed_last_counts()
    {
        var (ancestor, settled) = Recognize(
            "a", "b", [Sent("a", "b"), Sent("a", "c")], Ours("b"), Ours("c"), Theirs("a"));

        Assert.Equal(["b"], ancestor); // or what is newer here would be taken for older than what HubSpot holds
        Assert.Equal(2, settled.Length);
    }

    [Fact]
    public void What_was_agreed_on_after_a_write_stays_agreed()
    {
        var (ancestor, settled) = Recognize("c", "c", [Sent("a", "b")], Ours("c"), Ours("b"), Theirs("a"));

        Assert.Equal(["c"], ancestor);
        Assert.Single(settled);
    }

    [Fact]
    public void Another_program_that_puts_back_what_was_there_before_our_write_has_edited()
    {
        var (ancestor, _) = Recognize("a", "a", [Sent("a", "b")], Ours("a"), Ours("b"), Theirs("a"));

        Assert.Equal(["b"], ancestor);
    }

    private static (ImmutableArray<string?> Ancestor, ImmutableArray<SentWrite> Settled) Recognize(
        string ancestor, string held, SentWrite[] sent, params ValueVersion[] history) =>
        OwnWrites.Recognize([ancestor], RecordSnapshot.OfLocal(Map, [held], Noon), sent, _ => history);

    private static SentWrite Sent(string before, string after) =>
        new(Guid.NewGuid(), [new FieldChange(0, before, after)], IsOld: false);

    private static ValueVersion Ours(string value) => new(value, Noon, true);

    private static ValueVersion Theirs(string value) => new(value, Noon, false);
}
