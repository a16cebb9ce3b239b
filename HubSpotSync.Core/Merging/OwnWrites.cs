using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Merging;

/// <summary>
/// Tells our own writes from edits of people. A value that HubSpot holds because we sent it is no edit over there,
/// however late it came and whatever HubSpot's clock says of it: what was edited here since then is newer.
/// </summary>
public static class OwnWrites
{
    /// <param name="ancestor">Last agreed values, or <c>default</c> where the two never agreed.</param>
    /// <param name="sent">The earliest first.</param>
    /// <param name="history">
    /// Values that a field had, or <c>null</c> where that was not read: then only what HubSpot still holds is known.
    /// </param>
    /// <returns>The ancestor with what turns out to have been written, and the writes that this settles.</returns>
    public static (ImmutableArray<string?> Ancestor, ImmutableArray<SentWrite> Settled) Recognize(
        ImmutableArray<string?> ancestor,
        RecordSnapshot hubSpot,
        IReadOnlyList<SentWrite> sent,
        Func<int, IReadOnlyList<ValueVersion>>? history = null)
    {
        ArgumentNullException.ThrowIfNull(hubSpot);
        ArgumentNullException.ThrowIfNull(sent);
        if (sent.Count == 0)
        {
            return (ancestor, []);
        }

        var known = ancestor.IsDefault ? new string?[hubSpot.Values.Length] : [.. ancestor];
        var ages = new int?[known.Length];
        var settled = ImmutableArray.CreateBuilder<SentWrite>();
        foreach (var write in sent)
        {
            var isFound = false;
            foreach (var change in write.Changes)
            {
                var age = AgeOf(change, ancestor, hubSpot, history);
                isFound |= age is not null;
                if (age < (ages[change.Field] ?? int.MaxValue))
                {
                    ages[change.Field] = age;
                    known[change.Field] =
                        IsOvertaken(change, age.Value, ancestor, hubSpot, history) ? known[change.Field] : change.After;
                }
            }

            if (isFound || write.IsOld)
            {
                settled.Add(write);
            }
        }

        return (Array.Exists(ages, age => age is not null) ? [.. known] : ancestor, settled.ToImmutable());
    }

    /// <summary>
    /// Whether only the history can tell what became of it: HubSpot holds something else, from before or from after.
    /// </summary>
    public static bool AreDoubtful(RecordSnapshot hubSpot, IReadOnlyList<SentWrite> sent)
    {
        ArgumentNullException.ThrowIfNull(hubSpot);
        ArgumentNullException.ThrowIfNull(sent);
        return sent.Any(write => !write.IsOld && write.Changes.Any(change => !FieldValue.Same(
            hubSpot.Map.Fields[change.Field].Type, hubSpot.Values[change.Field], change.After)));
    }

    /// <summary>
    /// How many values HubSpot has had since it got this one, which may be long after it was sent; <c>null</c>: it did
    /// not, as far as is known.
    /// </summary>
    private static int? AgeOf(
        FieldChange change,
        ImmutableArray<string?> ancestor,
        RecordSnapshot hubSpot,
        Func<int, IReadOnlyList<ValueVersion>>? history)
    {
        var type = hubSpot.Map.Fields[change.Field].Type;
        var isHeld = FieldValue.Same(type, hubSpot.Values[change.Field], change.After)
            && (ancestor.IsDefault || !FieldValue.Same(type, ancestor[change.Field], change.After));
        return isHeld ? 0 : AgeOf(change.Field, change.After, hubSpot, history);
    }

    private static int? AgeOf(
        int at, string? value, RecordSnapshot hubSpot, Func<int, IReadOnlyList<ValueVersion>>? history)
    {
        var field = hubSpot.Map.Fields[at];
        var versions = history?.Invoke(at) ?? [];
        for (var age = 0; age < versions.Count; age++)
        {
            if (versions[age].ByIntegration
                && FieldValue.Same(field.Type, field.FromHubSpot(versions[age].Value, out var isMapped), value)
                && isMapped)
            {
                return age;
            }
        }

        return null;
    }

    /// <summary>
    /// The sides have agreed on something else since it was sent, and HubSpot got that later: to go back to this one
    /// would make an edit of what was agreed on.
    /// </summary>
    private static bool IsOvertaken(
        FieldChange change,
        int age,
        ImmutableArray<string?> ancestor,
        RecordSnapshot hubSpot,
        Func<int, IReadOnlyList<ValueVersion>>? history) =>
        !ancestor.IsDefault
        && !FieldValue.Same(hubSpot.Map.Fields[change.Field].Type, ancestor[change.Field], change.Before)
        && AgeOf(change.Field, ancestor[change.Field], hubSpot, history) < age;
}
