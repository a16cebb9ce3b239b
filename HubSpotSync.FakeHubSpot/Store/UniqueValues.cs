namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>Who holds which value of a unique property. Archived records hold none.</summary>
public sealed class UniqueValues
{
    private readonly Dictionary<string, Dictionary<string, long>> _holders = new(StringComparer.Ordinal);
    private readonly Dictionary<long, HeldValue> _held = [];

    public long? HolderOf(string property, string value) =>
        _holders.TryGetValue(property, out var holders) && holders.TryGetValue(value, out var id) ? id : null;

    public void Hold(long id, string property, string value)
    {
        if (value.Length > 0 && Holders(property).TryAdd(value, id))
        {
            _held[id] = new HeldValue(property, value, _held.GetValueOrDefault(id));
        }
    }

    public void Forget(long id)
    {
        _held.Remove(id, out var held);
        for (; held is not null; held = held.Next)
        {
            _holders[held.Property].Remove(held.Value);
        }
    }

    public UniqueValues Copy()
    {
        var copy = new UniqueValues();
        foreach (var (property, holders) in _holders)
        {
            copy._holders[property] = new Dictionary<string, long>(holders, holders.Comparer);
        }

        foreach (var (id, held) in _held)
        {
            copy._held.Add(id, held);
        }

        return copy;
    }

    private Dictionary<string, long> Holders(string property)
    {
        if (!_holders.TryGetValue(property, out var holders))
        {
            var comparer = property == "email" ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;
            _holders[property] = holders = new Dictionary<string, long>(comparer);
        }

        return holders;
    }
}
