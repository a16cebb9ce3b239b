namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>All records of one type in one account, in the order of their ids.</summary>
public sealed class ObjectStore(ObjectType type)
{
    public const long FirstId = 1001;

    private readonly List<CrmRecord> _ordered = [];
    private readonly Dictionary<long, CrmRecord> _byId = [];
    private readonly Dictionary<long, long> _mergedInto = [];
    private long _nextId = FirstId;

    public ObjectType Type => type;
    public IReadOnlyList<CrmRecord> Records => _ordered;
    public UniqueValues Unique { get; private init; } = new();
    public ModifiedOrder Modified { get; } = new();

    public CrmRecord Add(DateTimeOffset createdAt, ChangeSource source)
    {
        var record = new CrmRecord(type, _nextId++, createdAt, source);
        _ordered.Add(record);
        _byId.Add(record.Id, record);
        return record;
    }

    public CrmRecord? Find(long id) => _byId.GetValueOrDefault(id);

    /// <summary>Follows merges: the old id of a merged record leads to the record it became.</summary>
    public CrmRecord? Resolve(long id)
    {
        while (_mergedInto.TryGetValue(id, out var next))
        {
            id = next;
        }

        return Find(id);
    }

    public void Remove(CrmRecord record, long? mergedInto)
    {
        Unique.Forget(record.Id);
        _byId.Remove(record.Id);
        _ordered.RemoveAt(IndexOf(record.Id));
        if (mergedInto is { } target)
        {
            _mergedInto[record.Id] = target;
        }
    }

    /// <summary>Records from the given id on: what a list call pages through.</summary>
    public IEnumerable<CrmRecord> From(long id)
    {
        for (var index = IndexOf(id); index < _ordered.Count; index++)
        {
            yield return _ordered[index];
        }
    }

    public ObjectStore Copy()
    {
        var copy = new ObjectStore(type) { _nextId = _nextId, Unique = Unique.Copy() };
        copy._ordered.EnsureCapacity(_ordered.Count);
        copy._byId.EnsureCapacity(_byId.Count);
        foreach (var record in _ordered)
        {
            var twin = record.Copy();
            copy._ordered.Add(twin);
            copy._byId.Add(twin.Id, twin);
            copy.Modified.Note(twin);
        }

        foreach (var (from, into) in _mergedInto)
        {
            copy._mergedInto.Add(from, into);
        }

        return copy;
    }

    private int IndexOf(long id)
    {
        var (low, high) = (0, _ordered.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = _ordered[middle].Id < id ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
