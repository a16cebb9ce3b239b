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
    private static readonly ConcurrentDictionary<string, Shape> Known = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<string, Shape> _with = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _slots;

    private Shape(string[] names)
    {
        Names = names;
        _slots = names.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
    }

    /// <summary>In ordinal order, and so are the cells.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <returns>-1 where no record of this shape has the property.</returns>
    public int SlotOf(string name) => _slots.GetValueOrDefault(name, -1);

    public Shape With(string name) => _with.GetOrAdd(
        name,
        static (added, shape) =>
        {
            string[] names = [.. shape.Names.Append(added).Order(StringComparer.Ordinal)];
            return Known.GetOrAdd(string.Join('\n', names), static (_, all) => new Shape(all), names);
        },
        this);
}
