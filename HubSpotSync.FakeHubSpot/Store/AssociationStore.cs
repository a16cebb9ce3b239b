namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>The links between records of one account, kept from both sides.</summary>
public sealed class AssociationStore
{
    private readonly Dictionary<(
        ObjectType From, long Id, ObjectType To), SortedDictionary<long, SortedSet<int>>> _links = [];

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
        if (kind is { Label: "Primary", IsOwn: false })
        {
            RemovePrimary(kind, fromId);
        }

        // What has a label is linked without one as well.
        if (kind.IsOwn || kind.Label == "Primary")
        {
            Add(AssociationKind.Default(kind.From, kind.To), fromId, toId);
        }

        Add(kind, fromId, toId);
    }

    public void Unlink(ObjectType from, long fromId, ObjectType to, long toId)
    {
        _links.GetValueOrDefault((from, fromId, to))?.Remove(toId);
        _links.GetValueOrDefault((to, toId, from))?.Remove(fromId);
    }

    public void UnlinkLabel(AssociationKind kind, long fromId, long toId)
    {
        Drop(kind, fromId, toId);
        Drop(kind.Inverse, toId, fromId);
    }

    /// <summary>A label that is given up leaves the links it was on.</summary>
    public void Forget(AssociationKind kind)
    {
        foreach (var key in _links.Keys.Where(key => key.From == kind.From && key.To == kind.To).ToList())
        {
            var labelled = _links[key].Where(link => link.Value.Contains(kind.TypeId)).Select(link => link.Key);
            foreach (var toId in labelled.ToList())
            {
                UnlinkLabel(kind, key.Id, toId);
            }
        }
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

    public void Move(AssociationLabels labels, ObjectType type, long oldId, long newId)
    {
        foreach (var to in ObjectTypes.All)
        {
            foreach (var (toId, typeIds) in Of(type, oldId, to).ToList())
            {
                foreach (
                    var kind in typeIds.Select(typeId => labels.Find(typeId, type, to))
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

        typeIds.Add(kind.TypeId);
    }

    private void Drop(AssociationKind kind, long fromId, long toId)
    {
        if (_links.TryGetValue((kind.From, fromId, kind.To), out var links) && links.TryGetValue(toId, out var typeIds))
        {
            typeIds.Remove(kind.TypeId);
            if (typeIds.Count == 0)
            {
                links.Remove(toId);
            }
        }
    }
}
