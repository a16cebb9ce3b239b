using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Merging;

/// <summary>An edit in HubSpot that fell between our read and our write, and so was overwritten unseen.</summary>
/// <param name="Sent">What we wrote over it, with what the field had held before, as far as we knew.</param>
public sealed record LostEdit(int Field, string? Value, DateTimeOffset At, FieldChange Sent)
{
    /// <summary><c>false</c>: the value table does not have it, so it is in HubSpot's own words.</summary>
    public bool IsMapped { get; init; } = true;
}

/// <summary>
/// HubSpot has no "write only if unchanged", so now and then we overwrite an edit that nobody here ever saw. The
/// history of the property still holds it.
/// </summary>
public static class LostEdits
{
    /// <param name="at">The field's position in the map.</param>
    /// <param name="history">Newest first.</param>
    /// <param name="sent">What we wrote to the field, with what it had held as far as we knew.</param>
    /// <returns><c>null</c>: nothing was lost, or somebody has edited the field again since.</returns>
    public static LostEdit? Find(
        int at, FieldDefinition field, IReadOnlyList<ValueVersion> history, IReadOnlyList<FieldChange> sent)
    {
        ArgumentNullException.ThrowIfNull(field);
        ArgumentNullException.ThrowIfNull(history);
        ArgumentNullException.ThrowIfNull(sent);
        FieldChange? earliest = null;
        foreach (var version in history)
        {
            var value = field.FromHubSpot(version.Value, out var isMapped);
            FieldChange[] own = version.ByIntegration && isMapped
                ? [.. sent.Where(one => FieldValue.Same(field.Type, one.After, value))]
                : [];
            if (own.Length > 0)
            {
                earliest = own[^1];
                continue;
            }

            return earliest is not { } ours || (isMapped && FieldValue.Same(field.Type, ours.Before, value))
                ? null
                : new LostEdit(at, value, version.At, ours) { IsMapped = isMapped };
        }

        return null;
    }

    /// <summary>
    /// Decides about each as if it had been seen in time, by the rule of its field. One that wins is written here only,
    /// with its own time: HubSpot, which holds our value, gets it as any edit from here, so that there is one way back
    /// and it may be interrupted anywhere. One that does not win is kept as the losing value of a conflict, also where
    /// the rule would have left the two apart: they are not apart any more.
    /// </summary>
    /// <param name="ancestor">What both sides agreed on with our write; it stays so.</param>
    /// <param name="hubSpot">What HubSpot holds now.</param>
    public static MergeResult Decide(
        ImmutableArray<string?> ancestor, RecordSnapshot local, RecordSnapshot hubSpot, IReadOnlyList<LostEdit> lost)
    {
        ArgumentNullException.ThrowIfNull(local);
        ArgumentNullException.ThrowIfNull(hubSpot);
        ArgumentNullException.ThrowIfNull(lost);
        var then = ancestor.ToBuilder();
        var values = hubSpot.Values.ToBuilder();
        var clock = new DateTimeOffset?[values.Count];
        Array.Fill(clock, DateTimeOffset.MinValue);
        foreach (var edit in lost.Where(edit => edit.IsMapped))
        {
            (values[edit.Field], clock[edit.Field]) = (edit.Value, edit.At);

            // What was sent was an edit of ours. So is what came back to the value before it, also where both sides
            // have agreed on that since.
            var type = local.Map.Fields[edit.Field].Type;
            var isBack = FieldValue.Same(type, local.Values[edit.Field], edit.Sent.Before);
            then[edit.Field] = isBack ? edit.Sent.After : edit.Sent.Before;
        }

        var seen = hubSpot with { Values = values.ToImmutable(), FieldClock = [.. clock] };
        var merge = ThreeWayMerge.Merge(then.ToImmutable(), local, seen);
        var fields = lost.Where(edit => edit.IsMapped).Select(edit => edit.Field).ToHashSet();
        return new MergeResult(
            merge.LocalPatch.RemoveAll(change => !fields.Contains(change.Field)),
            [],
            ancestor,
            [
                .. merge.Conflicts.Where(conflict => fields.Contains(conflict.Field)).Select(Settle),
                .. lost.Where(edit => !edit.IsMapped).Select(edit => Unmapped(edit, local)),
            ],
            []);
    }

    private static FieldConflict Settle(FieldConflict conflict) =>
        conflict.Winner == ConflictWinner.Neither ? conflict with { Winner = ConflictWinner.Local } : conflict;

    private static FieldConflict Unmapped(LostEdit edit, RecordSnapshot local) => new(
        edit.Field,
        local.Values[edit.Field],
        edit.Value,
        local.EditedAt(edit.Field),
        edit.At,
        local.Map.Fields[edit.Field].Rule,
        ConflictWinner.Local);
}
