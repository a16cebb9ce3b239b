using System.Diagnostics;
using System.Globalization;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>A process that stands still until this is disposed of: connected, and answering nothing.</summary>
internal sealed class PausedProcess : IDisposable
{
    private readonly int _processId;

    public PausedProcess(int processId)
    {
        _processId = processId;
        Signal("STOP");
        SpinWait.SpinUntil(IsStopped, TimeSpan.FromSeconds(10));
    }

    public void Dispose() => Signal("CONT");

    /// <summary>On a busy machine threads run on for a moment before they hear of the signal.</summary>
    private bool IsStopped()
    {
        try
        {
            return !Directory.Exists("/proc/self")
                || Directory.EnumerateDirectories($"/proc/{_processId}/task").All(IsThreadStopped);
        }
        catch (IOException)
        {
            return false; // a thread has ended just now
        }
    }

    private static bool IsThreadStopped(string task)
    {
        var stat = File.ReadAllText(Path.Combine(task, "stat"));
        return stat[stat.LastIndexOf(')') + 2] == 'T';
    }

    private void Signal(string name)
    {
        using var kill = Process.Start(
            "kill", [$"-{name}", _processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
