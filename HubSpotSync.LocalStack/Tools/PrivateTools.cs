using System.Runtime.InteropServices;
using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Tools;

/// <summary>Packages unpacked into a folder of ours, laid out as under /.</summary>
internal sealed class PrivateTools(string folder)
{
    // Debian's chromium in /usr/bin is a script with absolute paths; the program itself is in /usr/lib/chromium.
    private static readonly string[] Places =
        ["/usr/lib/chromium", "/usr/lib/postgresql/*/bin", "/usr/bin", "/usr/sbin"];

    private string Root => Path.Combine(folder, "root");

    public static string DefaultFolder() => ProcessEnvironment.Read(Toolbox.FolderVariable)
        ?? Path.Combine(
            ProcessEnvironment.Read("XDG_CACHE_HOME")
                ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".cache"),
            "hubspotsync",
            "tools");

    public Tool? Find(ToolNeed need)
    {
        var search = new ToolSearch([.. Places.Select(path => Root + path)]);
        return need.Names.Select(search.Find).FirstOrDefault(path => path is not null) is { } path
            ? new Tool(path, Libraries())
            : null;
    }

    private string Libraries()
    {
        var triplet = RuntimeInformation.OSArchitecture == Architecture.Arm64
            ? "aarch64-linux-gnu"
            : "x86_64-linux-gnu";
        var folders = new[] { $"/usr/lib/{triplet}", $"/lib/{triplet}", "/usr/lib" }.Select(path => Root + path)
            .Where(Directory.Exists)
            // BLAS, PulseAudio and the like keep libraries one folder deeper.
            .SelectMany(path => Directory.GetDirectories(path).Where(HoldsLibraries).Prepend(path));
        return string.Join(':', folders);
    }

    private static bool HoldsLibraries(string path) => Directory.EnumerateFiles(path, "lib*.so*").Any();
}
