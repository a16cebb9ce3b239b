using System.Collections.Immutable;
using HubSpotSync.Core.Fields;
using HubSpotSync.Core.Records;

namespace HubSpotSync.Core.Merging;

/// <summary>
/// Tells our own writes from edits of people. A value that HubSpot got because we sent it is no edit over there,
/// however late it came and whatever HubSpot's clock says of it: what was edited here since then is newer.
/// </summary>
public static class OwnWrites
{
    /// <summary>HubSpot's clock and ours may differ.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(2);

    /// <param name="ancestor">Last agreed values, or <c>default</c> where the two never agreed.</param>
    /// <param name="sent">The earliest first, with those of which it is known that they landed.</param>
    /// <param name="history">
    /// Values that a field had, the newest first; <c>null</c>: not read, and so nothing can be told. What HubSpot holds
    /// now says too little: a person may have entered what was sent, and the write itself come later.
    /// </param>
    /// <returns>
    /// The ancestor with what turns out to have been written, and the writes that this settles: those that landed, and
    /// those that can't land any more.
    /// </returns>
    public static (ImmutableArray<string?> Ancestor, ImmutableArray<SentWrite> Settled) Recognize(
        ImmutableArray<string?> ancestor,
        RecordSnapshot hubSpot,
        IReadOnlyList<SentWrite> sent,
        Func<int, IReadOnlyList<ValueVersion>>? history)
    {
        ArgumentNullException.ThrowIfNull(hubSpot);
        ArgumentNullException.ThrowIfNull(sent);
        if (history is null || !AreDoubtful(sent))
        {
            return (ancestor, []);
        }

        var known = new Known(ancestor, hubSpot.Map, history);
        foreach (var write in sent.Where(write => write.HasLanded))
        {
            known.Take(write);
        }

        var settled = ImmutableArray.CreateBuilder<SentWrite>();
        foreach (var write in sent.Where(write => !write.HasLanded))
        {
            var hasLanded = known.Recognize(write);
            if (hasLanded || write.IsOld)
            {
                settled.Add(write with { HasLanded = hasLanded });
            }
        }

        return (known.Ancestor, settled.ToImmutable());
    }

    /// <summary>Whether the history has to tell what became of it.</summary>
    public static bool AreDoubtful(IReadOnlyList<SentWrite> sent)
    {
        ArgumentNullException.ThrowIfNull(sent);
        return sent.Any(write => !write.HasLanded);
    }

    /// <summary>
    /// Each version of a value is the doing of one write: a second one of the same may still be on its way.
    /// </summary>
    private sealed class Known(
        ImmutableArray<string?> ancestor, FieldMap map, Func<int, IReadOnlyList<ValueVersion>> history)
    {
        private readonly string?[] _values = ancestor.IsDefault ? new string?[map.Fields.Length] : [.. ancestor];
        private readonly int?[] _youngest = new int?[map.Fields.Length];
        private readonly HashSet<(int Field, int Version)> _taken = [];

        public ImmutableArray<string?> Ancestor =>
            Array.Exists(_youngest, age => age is not null) ? [.. _values] : ancestor;

        public void Take(SentWrite write)
        {
            foreach (var change in write.Changes)
            {
                LandingOf(write, change);
            }
        }

        /// <returns>Whether it landed.</returns>
        public bool Recognize(SentWrite write)
        {
            var hasLanded = false;
            foreach (var change in write.Changes)
            {
                var landing = LandingOf(write, change);
                hasLanded |= landing is not null;
                if (landing < (_youngest[change.Field] ?? int.MaxValue) && !IsOvertaken(change, landing.Value))
                {
                    (_youngest[change.Field], _values[change.Field]) = (landing, change.After);
                }
            }

            return hasLanded;
        }

        /// <summary>The version that it made, the oldest that it can be.</summary>
        private int? LandingOf(SentWrite write, FieldChange change)
        {
            var versions = history(change.Field);
            for (var version = versions.Count - 1; version >= 0; version--)
            {
                if (versions[version].At + ClockSkew >= write.At
                    && IsOurs(change.Field, versions[version], change.After)
                    && _taken.Add((change.Field, version)))
                {
                    return version;
                }
            }

            return null;
        }

        /// <summary>
        /// The sides have agreed on something else since it was sent, and HubSpot got that later: to go back to this
        /// one would make an edit of what was agreed on.
        /// </summary>
        private bool IsOvertaken(FieldChange change, int landing) => !ancestor.IsDefault
            && !FieldValue.Same(map.Fields[change.Field].Type, ancestor[change.Field], change.Before)
            && history(change.Field).Take(landing)
                .Any(version => IsOurs(change.Field, version, ancestor[change.Field]));

        private bool IsOurs(int field, ValueVersion version, string? value) => version.ByIntegration
            && FieldValue.Same(
                map.Fields[field].Type, map.Fields[field].FromHubSpot(version.Value, out var isMapped), value)
            && isMapped;
    }
}
