using System.Globalization;
using System.Text;

namespace HubSpotSync.LocalStack.Processes;

internal static class MarkedProcesses
{
    /// <summary>Running processes whose environment carries the mark. Without /proc: none.</summary>
    public static IReadOnlyList<ProcessIdentity> Find(string mark)
    {
        if (mark.Length == 0 || !Directory.Exists("/proc/self"))
        {
            return [];
        }

        var wanted = Encoding.ASCII.GetBytes($"{ProcessStart.MarkVariable}={mark}");
        return
        [
            .. Directory.EnumerateDirectories("/proc")
                .Select(Path.GetFileName)
                .Select(name => int.TryParse(name, CultureInfo.InvariantCulture, out var id) ? id : 0)
                .Where(id => id > 0 && id != Environment.ProcessId && Carries(id, wanted))
                .Select(ProcessIdentity.Of)
                .Where(identity => identity.StartTime != 0),
        ];
    }

    private static bool Carries(int processId, byte[] wanted)
    {
        try
        {
            return File.ReadAllBytes($"/proc/{processId}/environ").AsSpan().IndexOf(wanted) >= 0;
        }
        catch (IOException)
        {
            return false;
        }
        catch (UnauthorizedAccessException)
        {
            return false;
        }
    }
}
