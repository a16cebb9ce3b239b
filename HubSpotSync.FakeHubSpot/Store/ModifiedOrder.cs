namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>
/// Records in the order in which they were last modified, for searches that ask for what changed since: they look at
/// the end instead of at everything. Entries of earlier modifications are passed over.
/// </summary>
public sealed class ModifiedOrder
{
    private readonly List<(long Ticks, CrmRecord Record)> _sorted = [];
    private readonly List<(long Ticks, CrmRecord Record)> _noted = [];

    public void Note(CrmRecord record) => _noted.Add((record.UpdatedAt.UtcTicks, record));

    /// <returns>Null where so many changed since that looking at all of them costs no more.</returns>
    public IReadOnlyList<CrmRecord>? Since(DateTimeOffset moment, ObjectStore store)
    {
        Settle(store);
        var first = FirstSince(moment.UtcTicks);
        if (_sorted.Count - first > store.Records.Count / 2)
        {
            return null;
        }

        var found = new List<CrmRecord>();
        for (var at = first; at < _sorted.Count; at++)
        {
            if (IsLatest(at, store))
            {
                found.Add(_sorted[at].Record);
            }
        }

        found.Sort(static (left, right) => left.Id.CompareTo(right.Id));
        return found;
    }

    private void Settle(ObjectStore store)
    {
        if (_noted.Count == 0)
        {
            return;
        }

        _noted.Sort(Compare);
        var inOrder = _sorted.Count == 0 || Compare(_sorted[^1], _noted[0]) <= 0;
        _sorted.AddRange(_noted);
        _noted.Clear();
        if (!inOrder || _sorted.Count > 1000 + (2 * store.Records.Count))
        {
            _sorted.Sort(Compare);
            Compact(store);
        }
    }

    private void Compact(ObjectStore store)
    {
        var kept = 0;
        for (var at = 0; at < _sorted.Count; at++)
        {
            if (IsLatest(at, store))
            {
                _sorted[kept++] = _sorted[at];
            }
        }

        _sorted.RemoveRange(kept, _sorted.Count - kept);
    }

    /// <summary>Not overtaken by a later one, not of a record that is gone, and not the same again.</summary>
    private bool IsLatest(int at, ObjectStore store)
    {
        var (ticks, record) = _sorted[at];
        return record.UpdatedAt.UtcTicks == ticks
            && (at + 1 == _sorted.Count || _sorted[at + 1].Record != record || _sorted[at + 1].Ticks != ticks)
            && store.Find(record.Id) == record;
    }

    private int FirstSince(long ticks)
    {
        var (low, high) = (0, _sorted.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _sorted[middle].Ticks < ticks ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static int Compare((long Ticks, CrmRecord Record) left, (long Ticks, CrmRecord Record) right) =>
        left.Ticks != right.Ticks
            ? left.Ticks.CompareTo(right.Ticks)
            : left.Record.Id.CompareTo(right.Record.Id);
}
