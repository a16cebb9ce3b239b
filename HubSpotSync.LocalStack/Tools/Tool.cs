namespace HubSpotSync.LocalStack.Tools;

/// <summary>
/// A program that was found; <paramref name="Libraries"/> where it was unpacked with libraries of its own.
/// </summary>
public sealed record Tool(string Path, string? Libraries)
{
    public string Folder => System.IO.Path.GetDirectoryName(ToolSearch.Real(Path)) ?? "/";

    internal IReadOnlyDictionary<string, string> Environment =>
        Libraries is null ? new Dictionary<string, string>() : new() { ["LD_LIBRARY_PATH"] = Libraries };

    internal Tool Beside(string name) => this with { Path = System.IO.Path.Combine(Folder, name) };
}
