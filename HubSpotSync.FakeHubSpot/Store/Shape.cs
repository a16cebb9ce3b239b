using System.Collections.Concurrent;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>
/// Which properties a record has, and in which of its cells each lies. All records with the same properties share one
/// shape, which is what lets a million of them fit into memory.
/// </summary>
internal sealed class Shape
{
    public static readonly Shape Empty = new([]);

    // One instance for each set of names, whatever the order they came in.
    private static readonly ConcurrentDictionary<string[], Shape> Known = new(new SameNames());
    private static readonly ConcurrentDictionary<(Shape, string), Shape> Steps = [];

    private readonly string[] _names;
    private readonly Dictionary<string, int> _slots;

    private Shape(string[] names)
    {
        _names = names;
        _slots = new Dictionary<string, int>(names.Length, StringComparer.Ordinal);
        for (var slot = 0; slot < names.Length; slot++)
        {
            _slots.Add(names[slot], slot);
        }
    }

    /// <summary>In ordinal order, and so are the cells.</summary>
    public IReadOnlyList<string> Names => _names;

    /// <returns>Negative where no record of this shape has the property.</returns>
    public int SlotOf(string name) => _slots.TryGetValue(name, out var slot) ? slot : -1;

    public Shape With(string name) => Steps.GetOrAdd(
        (this, name),
        static step => Of([.. step.Item1._names.Append(step.Item2).Order(StringComparer.Ordinal)]));

    /// <param name="names">In ordinal order, none twice.</param>
    public static Shape Of(string[] names) => Known.GetOrAdd(names, static all => new Shape(all));

    private sealed class SameNames : IEqualityComparer<string[]>
    {
        public bool Equals(string[]? x, string[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(string[] obj)
        {
            var hash = new HashCode();
            foreach (var name in obj)
            {
                hash.Add(name.Length);
                hash.Add(name[^1]);
            }

            return hash.ToHashCode();
        }
    }
}
