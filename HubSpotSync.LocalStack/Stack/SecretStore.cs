using System.Text.Json;
using HubSpotSync.LocalStack.Servers;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>Generated values that have to be the same next time; readable by their owner only.</summary>
internal sealed class SecretStore(string file)
{
    private readonly Lock _gate = new();

    public string GetOrAdd(string name, Func<string> create)
    {
        lock (_gate)
        {
            var all = Read();
            if (all.TryGetValue(name, out var kept))
            {
                return kept;
            }

            all[name] = create();
            ServerFolder.WriteSecret(file, JsonSerializer.Serialize(all), user: null);
            return all[name];
        }
    }

    private SortedDictionary<string, string> Read() => File.Exists(file)
        ? JsonSerializer.Deserialize<SortedDictionary<string, string>>(File.ReadAllText(file)) ?? []
        : [];
}
