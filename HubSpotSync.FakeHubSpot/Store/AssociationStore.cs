namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>The links between records of one account, kept from both sides.</summary>
public sealed class AssociationStore
{
    private readonly Dictionary<(
        ObjectType From, long Id, ObjectType To), SortedDictionary<long, SortedSet<int>>> _links = [];

    /// <summary>Told of every link that comes or goes, once from each side; set only while someone writes.</summary>
    internal Action<AssociationKind, long, long, bool>? Changed { get; set; }

    public int Count => _links.Where(pair => pair.Key.From < pair.Key.To).Sum(pair => pair.Value.Count);

    /// <summary>
    /// The records linked to one record, each with its type ids (highest first, as HubSpot lists them).
    /// </summary>
    public IEnumerable<(long ToId, IReadOnlyList<int> TypeIds)> Of(ObjectType from, long id, ObjectType to) =>
        _links.TryGetValue((from, id, to), out var links)
            ? links.Select(link => (link.Key, (IReadOnlyList<int>)[.. link.Value.Reverse()]))
            : [];

    public bool Has(ObjectType from, long id, ObjectType to, long toId) =>
        _links.TryGetValue((from, id, to), out var links) && links.ContainsKey(toId);

    public void Link(AssociationKind kind, long fromId, long toId)
    {
        // A record has one primary company: a new one takes the place of the old.
        if (kind.Label == "Primary")
        {
            RemovePrimary(kind, fromId);
            Add(AssociationKind.Default(kind.From, kind.To), fromId, toId);
        }

        Add(kind, fromId, toId);
    }

    public void Unlink(ObjectType from, long fromId, ObjectType to, long toId)
    {
        foreach (var kind in KindsBetween(from, fromId, to, toId))
        {
            Drop(kind, fromId, toId);
            Drop(kind.Inverse, toId, fromId);
        }
    }

    public void UnlinkLabel(AssociationKind kind, long fromId, long toId)
    {
        Drop(kind, fromId, toId);
        Drop(kind.Inverse, toId, fromId);
    }

    public void UnlinkAll(ObjectType type, long id)
    {
        foreach (var to in ObjectTypes.All)
        {
            foreach (var (toId, _) in Of(type, id, to).ToList())
            {
                Unlink(type, id, to, toId);
            }
        }
    }

    public void Move(ObjectType type, long oldId, long newId)
    {
        foreach (var to in ObjectTypes.All)
        {
            foreach (var (toId, typeIds) in Of(type, oldId, to).ToList())
            {
                foreach (
                    var kind in typeIds.Select(typeId => AssociationKind.Find(typeId, type, to))
                        .OfType<AssociationKind>())
                {
                    Add(kind, newId, toId);
                }
            }
        }

        UnlinkAll(type, oldId);
    }

    private void RemovePrimary(AssociationKind kind, long fromId)
    {
        // The side that has one primary is never the company.
        var holder = kind.From == ObjectType.Company ? null : (long?)fromId;
        if (holder is null)
        {
            return;
        }

        foreach (var (toId, typeIds) in Of(kind.From, fromId, kind.To).ToList())
        {
            if (typeIds.Contains(kind.TypeId))
            {
                UnlinkLabel(kind, fromId, toId);
            }
        }
    }

    private void Add(AssociationKind kind, long fromId, long toId)
    {
        Put(kind, fromId, toId);
        Put(kind.Inverse, toId, fromId);
    }

    private void Put(AssociationKind kind, long fromId, long toId)
    {
        var key = (kind.From, fromId, kind.To);
        if (!_links.TryGetValue(key, out var links))
        {
            _links[key] = links = [];
        }

        if (!links.TryGetValue(toId, out var typeIds))
        {
            links[toId] = typeIds = [];
        }

        if (typeIds.Add(kind.TypeId))
        {
            Changed?.Invoke(kind, fromId, toId, false);
        }
    }

    private List<AssociationKind> KindsBetween(ObjectType from, long fromId, ObjectType to, long toId) =>
        _links.TryGetValue((from, fromId, to), out var links) && links.TryGetValue(toId, out var typeIds)
            ? [.. typeIds.Select(typeId => AssociationKind.Find(typeId, from, to)).OfType<AssociationKind>()]
            : [];

    private void Drop(AssociationKind kind, long fromId, long toId)
    {
        if (_links.TryGetValue((kind.From, fromId, kind.To), out var links)
            && links.TryGetValue(toId, out var typeIds)
            && typeIds.Remove(kind.TypeId))
        {
            Changed?.Invoke(kind, fromId, toId, true);
            if (typeIds.Count == 0)
            {
                links.Remove(toId);
            }
        }
    }
}
