namespace HubSpotSync.Tests.FakeHubSpot;

/// <summary>What a script of random calls has done to the contacts: what the fake must agree with.</summary>
internal sealed class ScriptModel
{
    private readonly Dictionary<string, Dictionary<string, string>> _live = [];
    private readonly Dictionary<string, Dictionary<string, string>> _archived = [];
    private readonly Dictionary<string, string> _mergedInto = [];
    private readonly List<string> _ids = [];

    public IReadOnlyDictionary<string, Dictionary<string, string>> Live => _live;
    public IReadOnlyDictionary<string, Dictionary<string, string>> Archived => _archived;
    public IReadOnlyDictionary<string, string> MergedInto => _mergedInto;
    public HashSet<string> Erased { get; } = [];

    public void Add(string id, IReadOnlyDictionary<string, string> values)
    {
        _live[id] = new Dictionary<string, string>(values);
        _ids.Add(id);
    }

    public void Set(string id, IReadOnlyDictionary<string, string> values)
    {
        foreach (var (name, value) in values)
        {
            _live[id][name] = value;
        }
    }

    public void Archive(string id)
    {
        _archived[id] = _live[id];
        Remove(id);
    }

    public void Restore(string id)
    {
        _archived.Remove(id, out var values);
        Add(id, values!); // only archived ids are restored
    }

    public void Erase(string id)
    {
        Remove(id);
        Erased.Add(id);
    }

    /// <summary>The primary's values win; what it has empty comes from the other.</summary>
    public void Merge(string primary, string loser, string merged)
    {
        var values = new Dictionary<string, string>(_live[loser]);
        foreach (var (name, value) in _live[primary].Where(pair => pair.Value.Length > 0))
        {
            values[name] = value;
        }

        foreach (var id in new[] { primary, loser })
        {
            Remove(id);
            _mergedInto[id] = merged;
        }

        Add(merged, values);
    }

    public string? PickLive(Random random)
    {
        while (_ids.Count > 0)
        {
            var at = random.Next(_ids.Count);
            if (_live.ContainsKey(_ids[at]))
            {
                return _ids[at];
            }

            (_ids[at], _ids[^1]) = (_ids[^1], _ids[at]);
            _ids.RemoveAt(_ids.Count - 1);
        }

        return null;
    }

    /// <summary>Where an old id leads after any number of merges.</summary>
    public string Follow(string id)
    {
        while (_mergedInto.TryGetValue(id, out var next))
        {
            id = next;
        }

        return id;
    }

    private void Remove(string id) => _live.Remove(id);
}
