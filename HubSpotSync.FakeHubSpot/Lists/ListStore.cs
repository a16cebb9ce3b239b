using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Lists;

/// <summary>The lists of one account and who is in them. Deleted lists stay, so that they can be restored.</summary>
public sealed class ListStore
{
    private readonly SortedDictionary<long, CrmList> _lists = [];
    private readonly Dictionary<long, SortedDictionary<long, ListMember>> _members = [];
    private long _nextId = 1;

    public IEnumerable<CrmList> Active => _lists.Values.Where(list => list.DeletedAt is null);

    public CrmList? Find(long id) => _lists.GetValueOrDefault(id);

    public long NextId() => _nextId++;

    public void Put(CrmList list)
    {
        _lists[list.Id] = list;
        _members.TryAdd(list.Id, []);
    }

    /// <summary>The members as last worked out; of a dynamic list ask <see cref="Membership"/>.</summary>
    public SortedDictionary<long, ListMember> Members(long listId) => _members[listId];

    public IEnumerable<CrmList> Using(ObjectType type, string property) => Active.Where(
        list => list is { FilterBranch: { } branch }
            && FilterProperties.Of(list.Type, branch).Contains((type, property)));

    /// <summary>An archived or erased record leaves every list.</summary>
    public void Forget(ObjectType type, long recordId)
    {
        foreach (var list in _lists.Values.Where(list => list.Type == type))
        {
            _members[list.Id].Remove(recordId);
        }
    }

    /// <summary>A merged record is in the lists either of the two was in, for as long as the elder of them.</summary>
    public void Move(ObjectType type, long oldId, long newId)
    {
        foreach (var list in _lists.Values.Where(list => list.Type == type))
        {
            var members = _members[list.Id];
            if (members.Remove(oldId, out var member))
            {
                var first = members.GetValueOrDefault(newId)?.FirstAddedAt ?? member.FirstAddedAt;
                members[newId] = member with
                {
                    RecordId = newId,
                    FirstAddedAt = first < member.FirstAddedAt ? first : member.FirstAddedAt,
                };
            }
        }
    }

    public ListStore Copy()
    {
        var copy = new ListStore { _nextId = _nextId };
        foreach (var (id, list) in _lists)
        {
            copy._lists[id] = list;
            copy._members[id] = new SortedDictionary<long, ListMember>(_members[id]);
        }

        return copy;
    }
}
