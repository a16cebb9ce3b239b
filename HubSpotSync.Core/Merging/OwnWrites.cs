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
        FieldMap map,
        IReadOnlyList<SentWrite> sent,
        Func<int, IReadOnlyList<ValueVersion>>? history)
    {
        ArgumentNullException.ThrowIfNull(map);
        ArgumentNullException.ThrowIfNull(sent);
        if (history is null || !AreDoubtful(sent))
        {
            return (ancestor, []);
        }

        var known = new Known(ancestor, map, history);
        foreach (var write in sent.Where(write => write.HasLanded))
        {
            known.LandingsOf(write);
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

    /// <summary>Whether the history has to tell what became of one of them.</summary>
    public static bool AreDoubtful(IReadOnlyList<SentWrite> sent)
    {
        ArgumentNullException.ThrowIfNull(sent);
        return sent.Any(write => !write.HasLanded);
    }

    /// <summary>
    /// HubSpot does a write as a whole or not at all, and each version of a value is the doing of one write: a second
    /// one that says the same in part, or in whole, may still be on its way.
    /// </summary>
    private sealed class Known(
        ImmutableArray<string?> ancestor, FieldMap map, Func<int, IReadOnlyList<ValueVersion>> history)
    {
        private readonly string?[] _values = ancestor.IsDefault ? new string?[map.Fields.Length] : [.. ancestor];
        private readonly int?[] _youngest = new int?[map.Fields.Length];
        private readonly HashSet<(int Field, int Version)> _taken = [];

        public ImmutableArray<string?> Ancestor =>
            Array.Exists(_youngest, age => age is not null) ? [.. _values] : ancestor;

        /// <returns>Whether it landed.</returns>
        public bool Recognize(SentWrite write)
        {
            var landings = LandingsOf(write);
            foreach (var (change, version) in landings)
            {
                if (version < (_youngest[change.Field] ?? int.MaxValue) && !IsOvertaken(change, version))
                {
                    (_youngest[change.Field], _values[change.Field]) = (version, change.After);
                }
            }

            return landings.Count > 0;
        }

        /// <summary>
        /// Takes the versions that the write made, the oldest that they can be; none where it didn't land.
        /// </summary>
        public IReadOnlyList<(FieldChange Change, int Version)> LandingsOf(SentWrite write)
        {
            var landings = new List<(FieldChange Change, int Version)>();
            foreach (var change in write.Changes)
            {
                var versions = history(change.Field);
                var version = Oldest(versions, (version, at) => version.At + ClockSkew >= write.At
                    && version.ByIntegration && Holds(change, version) && !_taken.Contains((change.Field, at)));
                if (version is { } made)
                {
                    landings.Add((change, made));
                }
                else if (MustLeaveATrace(write, change, versions))
                {
                    return [];
                }
            }

            _taken.UnionWith(landings.Select(landing => (landing.Change.Field, landing.Version)));
            return landings;
        }

        /// <summary>
        /// HubSpot makes no version of what a field holds anyway, tells none of a property that is gone, and drops a
        /// lifecycle stage that would go back.
        /// </summary>
        private bool MustLeaveATrace(SentWrite write, FieldChange change, IReadOnlyList<ValueVersion> versions) =>
            versions.Count > 0
            && map.Fields[change.Field].Name != StandardFields.LifecycleStage
            && Oldest(versions, (version, at) => Holds(change, version)
                && (at == 0 || versions[at - 1].At + ClockSkew >= write.At)) is null;

        /// <summary>
        /// The sides have agreed on something else since it was sent, and HubSpot got that later: to go back to this
        /// one would make an edit of what was agreed on.
        /// </summary>
        private bool IsOvertaken(FieldChange change, int landing) => !ancestor.IsDefault
            && !FieldValue.Same(map.Fields[change.Field].Type, ancestor[change.Field], change.Before)
            && history(change.Field).Take(landing).Any(version =>
                version.ByIntegration && Holds(change with { After = ancestor[change.Field] }, version));

        private bool Holds(FieldChange change, ValueVersion version) => FieldValue.Same(
                map.Fields[change.Field].Type,
                map.Fields[change.Field].FromHubSpot(version.Value, out var isMapped),
                change.After)
            && isMapped;

        private static int? Oldest(IReadOnlyList<ValueVersion> versions, Func<ValueVersion, int, bool> isIt)
        {
            for (var at = versions.Count - 1; at >= 0; at--)
            {
                if (isIt(versions[at], at))
                {
                    return at;
                }
            }

            return null;
        }
    }
}
