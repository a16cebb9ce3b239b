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
        var settled = ImmutableArray.CreateBuilder<SentWrite>();
        var isFound = false;
        foreach (var write in sent)
        {
            var found = write.Changes
                .Where(change => IsHeld(change, hubSpot, ancestor) || WasHeld(change, hubSpot, history)).ToList();
            foreach (var change in found)
            {
                known[change.Field] = change.After;
            }

            isFound |= found.Count > 0;
            if (found.Count > 0 || write.IsOld)
            {
                settled.Add(write);
            }
        }

        return (isFound ? [.. known] : ancestor, settled.ToImmutable());
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

    private static bool WasHeld(
        FieldChange change, RecordSnapshot hubSpot, Func<int, IReadOnlyList<ValueVersion>>? history)
    {
        var field = hubSpot.Map.Fields[change.Field];
        return history is not null && history(change.Field).Any(version => version.ByIntegration
            && FieldValue.Same(field.Type, field.FromHubSpot(version.Value, out _), change.After));
    }

    private static bool IsHeld(FieldChange change, RecordSnapshot hubSpot, ImmutableArray<string?> ancestor)
    {
        var type = hubSpot.Map.Fields[change.Field].Type;
        return FieldValue.Same(type, hubSpot.Values[change.Field], change.After)
            && (ancestor.IsDefault || !FieldValue.Same(type, ancestor[change.Field], change.After));
    }
}
