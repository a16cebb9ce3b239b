namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>The records of one type that one record is linked to, in the order of their ids.</summary>
internal sealed class LinkSet
{
    private long[] _ids = [];
    private TypeIds[] _types = [];

    public int Count { get; private set; }

    public IEnumerable<(long ToId, IReadOnlyList<int> TypeIds)> All
    {
        get
        {
            for (var at = 0; at < Count; at++)
            {
                yield return (_ids[at], _types[at].All);
            }
        }
    }

    public bool Contains(long toId) => IndexOf(toId) >= 0;

    public IReadOnlyList<int> TypeIdsOf(long toId) => IndexOf(toId) is >= 0 and var at ? _types[at].All : [];

    /// <returns>Whether the link was not of this kind before.</returns>
    public bool Add(long toId, int typeId)
    {
        var at = IndexOf(toId);
        if (at < 0)
        {
            at = ~at;
            Insert(at, toId);
        }

        var before = _types[at];
        _types[at] = before.With(typeId);
        return _types[at] != before;
    }

    /// <summary>A link that loses its last kind is gone.</summary>
    /// <returns>Whether the link was of this kind.</returns>
    public bool Remove(long toId, int typeId)
    {
        if (IndexOf(toId) is not (>= 0 and var at) || !_types[at].All.Contains(typeId))
        {
            return false;
        }

        _types[at] = _types[at].Without(typeId);
        if (_types[at].All.Count == 0)
        {
            Delete(at);
        }

        return true;
    }

    public LinkSet Copy() => new() { _ids = [.. _ids], _types = [.. _types], Count = Count };

    private int IndexOf(long toId) => Array.BinarySearch(_ids, 0, Count, toId);

    private void Insert(int at, long toId)
    {
        if (Count == _ids.Length)
        {
            var room = Count < 4 ? Count + 1 : Count * 2; // most records have one link or two
            Array.Resize(ref _ids, room);
            Array.Resize(ref _types, room);
        }

        Array.Copy(_ids, at, _ids, at + 1, Count - at);
        Array.Copy(_types, at, _types, at + 1, Count - at);
        (_ids[at], _types[at]) = (toId, TypeIds.None);
        Count++;
    }

    private void Delete(int at)
    {
        Count--;
        Array.Copy(_ids, at + 1, _ids, at, Count - at);
        Array.Copy(_types, at + 1, _types, at, Count - at);
    }
}
