using System.Globalization;

namespace HubSpotSync.LocalStack.Processes;

/// <summary>
/// Two stacks that start in the same moment both see a port free before either binds it. So each claims a port first,
/// by a lock on a file of that name, which the system gives back when the process ends, however it ends.
/// </summary>
internal static class PortClaim
{
    private const UnixFileMode ForAll = (UnixFileMode)0x1FF;

    internal static readonly string Folder = Path.Combine(Path.GetTempPath(), "hubspotsync-ports");
    private static readonly Lock Gate = new();
    private static readonly Dictionary<int, FileStream> Held = [];

    /// <returns>False where another stack on this machine has claimed the port; claiming twice is fine.</returns>
    public static bool TryTake(int port)
    {
        lock (Gate)
        {
            if (Held.ContainsKey(port))
            {
                return true;
            }

            try
            {
                Held.Add(port, Open(port));
                return true;
            }
            catch (IOException error) when (error is not (FileNotFoundException or DirectoryNotFoundException))
            {
                return false; // locked by another
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                return true; // no place for claims: looking alone has to do
            }
        }
    }

    private static FileStream Open(int port)
    {
        if (!Directory.Exists(Folder))
        {
            Directory.CreateDirectory(Folder);
            if (!OperatingSystem.IsWindows())
            {
                File.SetUnixFileMode(Folder, ForAll); // the ports are everybody's
            }
        }

        var path = Path.Combine(Folder, port.ToString(CultureInfo.InvariantCulture));
        if (!File.Exists(path))
        {
            File.WriteAllBytes(path, []);
        }

        // Reading is enough to lock, and another user's file cannot be opened for more.
        return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
    }
}
