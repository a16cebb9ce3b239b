using System.Globalization;
using System.Text;
using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Servers;

internal static class StrayPostgres
{
    /// <summary>
    /// Ends a server of an earlier run that still holds this cluster. The data folder's lock is ours by now, so no
    /// living AppHost uses it; the command line must name the folder, or it is somebody else's process.
    /// </summary>
    public static void Stop(string folder)
    {
        var pidFile = Path.Combine(folder, "postmaster.pid");
        if (!File.Exists(pidFile)
            || !int.TryParse(File.ReadLines(pidFile).FirstOrDefault(), CultureInfo.InvariantCulture, out var id)
            || !IsServerOf(id, folder))
        {
            return;
        }

        var identity = ProcessIdentity.Of(id);
        identity.Signal(StopSignal.Quit);
        SpinWait.SpinUntil(() => !identity.IsAlive(), TimeSpan.FromSeconds(5));
    }

    private static bool IsServerOf(int id, string folder)
    {
        var commandLine = $"/proc/{id}/cmdline";
        return File.Exists(commandLine)
            && Encoding.UTF8.GetString(File.ReadAllBytes(commandLine)).Contains(folder, StringComparison.Ordinal);
    }
}
