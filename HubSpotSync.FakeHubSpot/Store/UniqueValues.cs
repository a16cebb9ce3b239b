namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>Who holds which value of a unique property. Archived records hold none.</summary>
public sealed class UniqueValues
{
    private readonly Dictionary<(string Property, string Value), long> _holders = [];
    private readonly Dictionary<long, List<(string Property, string Value)>> _held = [];

    public long? HolderOf(string property, string value) =>
        _holders.TryGetValue(Key(property, value), out var id) ? id : null;

    public void Hold(long id, string property, string value)
    {
        if (value.Length > 0 && _holders.TryAdd(Key(property, value), id))
        {
            if (!_held.TryGetValue(id, out var held))
            {
                _held[id] = held = [];
            }

            held.Add(Key(property, value));
        }
    }

    public void Forget(long id)
    {
        if (_held.Remove(id, out var held))
        {
            held.ForEach(key => _holders.Remove(key));
        }
    }

    public void Release(long id, string property)
    {
        foreach (var key in _held.GetValueOrDefault(id, []).Where(key => key.Property == property).ToList())
        {
            _holders.Remove(key);
            _held[id].Remove(key);
        }
    }

    private static (string, string) Key(string property, string value) =>
        (property, property == "email" ? value.ToLowerInvariant() : value);
}
