using System.Collections.Concurrent;

namespace HubSpotSync.FakeHubSpot.Store;

/// <summary>
/// The kinds of one link, highest number first, as HubSpot lists them. There are few different sets: links share them.
/// </summary>
internal sealed class TypeIds
{
    public static readonly TypeIds None = new([]);
    private static readonly ConcurrentDictionary<string, TypeIds> Known = new(StringComparer.Ordinal);

    private TypeIds(int[] all) => All = all;

    public IReadOnlyList<int> All { get; }

    public TypeIds With(int typeId) => All.Contains(typeId) ? this : Of([.. All.Append(typeId).OrderDescending()]);

    public TypeIds Without(int typeId) => Of([.. All.Where(one => one != typeId)]);

    private static TypeIds Of(int[] all) =>
        all.Length == 0 ? None : Known.GetOrAdd(string.Join(' ', all), static (_, ids) => new TypeIds(ids), all);
}
