using System.Runtime.InteropServices;
using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Tools;

/// <summary>
/// Where programs are looked for, in order. A last segment <c>*</c> inside a folder stands for the newest version.
/// </summary>
public sealed record ToolSearch(IReadOnlyList<string> Folders)
{
    /// <summary>Replaces PATH and the usual folders: for machines with tools in odd places.</summary>
    public const string Variable = "HUBSPOTSYNC_TOOL_PATH";

    private static readonly string[] Usual =
    [
        "/usr/bin", "/usr/sbin", "/usr/local/bin", "/opt/homebrew/bin", "/snap/bin",
        "/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin",
        "/opt/homebrew/opt/postgresql@*/bin", "/usr/local/opt/postgresql@*/bin",
        "/Applications/Google Chrome.app/Contents/MacOS",
    ];

    /// <summary>
    /// The dotnet that runs us: &lt;root&gt;/shared/Microsoft.NETCore.App/&lt;version&gt;/ is where the runtime is.
    /// </summary>
    public static string DotNet { get; } =
        Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    public static ToolSearch Default() => ProcessEnvironment.Read(Variable) is { } given
        ? new ToolSearch(Split(given))
        : new ToolSearch([.. Split(ProcessEnvironment.Read("PATH")), .. Usual]);

    public static string? OnPath(string name)
    {
        string[] folders = [.. Split(ProcessEnvironment.Read("PATH")), "/usr/bin", "/bin", "/usr/sbin", "/sbin"];
        return new ToolSearch(folders).Find(name);
    }

    public string? Find(string name) =>
        Folders.SelectMany(Expand).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The file behind a link: programs that belong together lie beside that, not beside the link.</summary>
    public static string Real(string path) => File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;

    public ToolSearch Plus(IEnumerable<string> folders) => new([.. Folders, .. folders]);

    private static string[] Split(string? text) => (text ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries);

    private static IEnumerable<string> Expand(string folder)
    {
        var star = folder.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            return [folder];
        }

        var parent = folder[..folder.LastIndexOf('/', star)];
        var pattern = folder[(parent.Length + 1)..(star + 1)];
        return Directory.Exists(parent)
            ? Directory.GetDirectories(parent, pattern).OrderByDescending(VersionIn)
                .Select(path => path + folder[(star + 1)..])
            : [];
    }

    private static int VersionIn(string path) =>
        int.TryParse(new string([.. Path.GetFileName(path).Where(char.IsDigit)]), out var version) ? version : 0;
}
