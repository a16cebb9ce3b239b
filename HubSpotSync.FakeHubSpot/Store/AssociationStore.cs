namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>The links between records of one account, kept from both sides.</summary>
public sealed class AssociationStore
{
    private readonly Dictionary<LinkSide, LinkSet> _links = [];

    /// <summary>The kinds of link the account knows.</summary>
    public AssociationLabels Labels { get; private init; } = new();

    /// <summary>Told of every link that comes or goes, once from each side; set only while someone writes.</summary>
    internal Action<AssociationKind, long, long, bool>? Changed { get; set; }

    public int Count => _links.Where(pair => pair.Key.From < pair.Key.To).Sum(pair => pair.Value.Count);

    /// <summary>
    /// The records linked to one record, each with its type ids (highest first, as HubSpot lists them).
    /// </summary>
    public IEnumerable<(long ToId, IReadOnlyList<int> TypeIds)> Of(ObjectType from, long id, ObjectType to) =>
        _links.TryGetValue(new LinkSide(from, id, to), out var links) ? links.All : [];

    public int CountOf(ObjectType from, long id, ObjectType to) =>
        _links.TryGetValue(new LinkSide(from, id, to), out var links) ? links.Count : 0;

    public bool Has(ObjectType from, long id, ObjectType to, long toId) =>
        _links.TryGetValue(new LinkSide(from, id, to), out var links) && links.Contains(toId);

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

    /// <summary>A label that is given up leaves the links it was on.</summary>
    public void Forget(AssociationKind kind)
    {
        foreach (var key in _links.Keys.Where(key => key.From == kind.From && key.To == kind.To).ToList())
        {
            foreach (var (toId, _) in _links[key].All.Where(link => link.TypeIds.Contains(kind.TypeId)).ToList())
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

    public void Move(ObjectType type, long oldId, long newId)
    {
        foreach (var to in ObjectTypes.All)
        {
            foreach (var (toId, typeIds) in Of(type, oldId, to).ToList())
            {
                foreach (
                    var kind in typeIds.Select(typeId => Labels.Find(typeId, type, to))
                        .OfType<AssociationKind>())
                {
                    Add(kind, newId, toId);
                }
            }
        }

        UnlinkAll(type, oldId);
    }

    public AssociationStore Copy()
    {
        var copy = new AssociationStore { Labels = Labels.Copy() };
        foreach (var (side, links) in _links)
        {
            copy._links[side] = links.Copy();
        }

        return copy;
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
        var side = new LinkSide(kind.From, fromId, kind.To);
        if (!_links.TryGetValue(side, out var links))
        {
            _links[side] = links = new LinkSet();
        }

        if (links.Add(toId, kind.TypeId))
        {
            Changed?.Invoke(kind, fromId, toId, false);
        }
    }

    private List<AssociationKind> KindsBetween(ObjectType from, long fromId, ObjectType to, long toId) =>
        _links.TryGetValue(new LinkSide(from, fromId, to), out var links)
            ? [.. links.TypeIdsOf(toId).Select(typeId => Labels.Find(typeId, from, to)).OfType<AssociationKind>()]
            : [];

    private void Drop(AssociationKind kind, long fromId, long toId)
    {
        var side = new LinkSide(kind.From, fromId, kind.To);
        if (_links.TryGetValue(side, out var links) && links.Remove(toId, kind.TypeId))
        {
            Changed?.Invoke(kind, fromId, toId, true);
            if (links.Count == 0)
            {
                _links.Remove(side);
            }
        }
    }
}
