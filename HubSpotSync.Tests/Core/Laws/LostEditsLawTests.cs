using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Tests.Core.Laws;

public sealed class LostEditsLawTests
{
    private static readonly FieldDefinition Field = new("f", "h", FieldType.Text);
    private static readonly string?[] Values = ["a", "b", "c", null];
    private static readonly string?[] Edits = ["a", "b", null, "x", "0043 1 5551234"];

    [Fact]
    public void What_lies_right_under_ours_and_was_not_read_is_found_and_nothing_else() => Law.Holds(Known, one =>
    {
        var under = one.History.TakeWhile(version => version.ByIntegration
            && one.Sent.Any(change => change.After == version.Value)).Count();
        var lost = LostEdits.Find(0, Field, one.History, one.Sent);
        if (under == 0 || under == one.History.Length)
        {
            return lost is null;
        }

        var sent = one.Sent.Last(change => change.After == one.History[under - 1].Value);
        return one.History[under].Value == sent.Before
            ? lost is null
            : lost == new LostEdit(0, one.History[under].Value, one.History[under].At, sent);
    });

    [Fact]
    public void An_overwritten_edit_comes_here_or_is_kept() => Law.Holds(Lost, one =>
    {
        var (merge, edit, at) = (one.Decide(), one.Edit, one.Edit.Field);
        var field = one.Case.Map.Fields[at];
        var wasBack = one.Case.Same(at, one.Case.Local.Values[at], edit.Sent.Before);
        return field.Direction != FieldDirection.Both || one.Case.HasGap(at)
            || (edit.Value is null && field.Blank == BlankRule.NeverClears)
            || one.Case.Same(at, edit.Value, wasBack ? edit.Sent.After : edit.Sent.Before) // then it was none
            || one.Case.Same(at, edit.Value, one.Case.Local.Values[at])
            || merge.LocalPatch.Any(change => change.Field == at && change.After == edit.Value)
            || merge.Conflicts.Any(conflict => conflict.Field == at && conflict.HubSpotValue == edit.Value
                && conflict.Winner == ConflictWinner.Local);
    });

    [Fact]
    public void Bringing_back_writes_nothing_to_HubSpot_and_changes_nothing_else_here() => Law.Holds(Lost, one =>
    {
        var merge = one.Decide();
        return merge.HubSpotPatch.IsEmpty && merge.AwaitsHubSpotClock.IsEmpty
            && merge.Ancestor.SequenceEqual(one.Case.Ancestor)
            && merge.LocalPatch.All(change => change.Field == one.Edit.Field && change.After == one.Edit.Value)
            && merge.Conflicts.All(conflict => conflict.Field == one.Edit.Field
                && conflict.Winner != ConflictWinner.Neither);
    });

    [Fact]
    public void What_the_value_table_lacks_is_kept_and_never_written() => Law.Holds(Lost, one =>
    {
        var merge = (one with { Edit = one.Edit with { IsMapped = false } }).Decide();
        return merge.LocalPatch.IsEmpty && merge.HubSpotPatch.IsEmpty
            && merge.Conflicts is [{ Winner: ConflictWinner.Local } kept] && kept.HubSpotValue == one.Edit.Value;
    });

    private static (ValueVersion[] History, FieldChange[] Sent) Known(Draw draw)
    {
        var history = new ValueVersion[draw.Below(5)];
        for (var at = 0; at < history.Length; at++)
        {
            history[at] = new ValueVersion(
                draw.Of(Values), DateTimeOffset.UnixEpoch.AddHours(history.Length - at), !draw.OneIn(3));
        }

        var sent = new FieldChange[draw.Below(4)];
        for (var at = 0; at < sent.Length; at++)
        {
            sent[at] = new FieldChange(0, draw.Of(Values), draw.Of(Values));
        }

        return (history, sent);
    }

    private static LostCase Lost(Draw draw)
    {
        var merge = MergeCase.Any(draw);
        var ancestor = merge.WasLinked ? merge.Ancestor : merge.HubSpot.Values;
        var at = DateTimeOffset.UnixEpoch.AddMilliseconds(draw.Below(4));
        var sent = new FieldChange(draw.Below(MergeCase.Width), draw.Of(Edits), draw.Of(Edits));
        return new LostCase(merge with { Ancestor = ancestor }, new LostEdit(sent.Field, draw.Of(Edits), at, sent));
    }

    private sealed record LostCase(MergeCase Case, LostEdit Edit)
    {
        public MergeResult Decide() => LostEdits.Decide(Case.Ancestor, Case.Local, Case.HubSpot, [Edit]);
    }
}
