using System.Diagnostics;
using System.Globalization;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>
/// A process that stands still until this is disposed of: it keeps its connections and answers nothing.
/// </summary>
internal sealed class PausedProcess : IDisposable
{
    private readonly int _processId;

    public PausedProcess(int processId)
    {
        _processId = processId;
        Signal("STOP");
    }

    public void Dispose() => Signal("CONT");

    private void Signal(string name)
    {
        using var kill = Process.Start(
            "kill", [$"-{name}", _processId.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        Assert.Equal(0, kill.ExitCode);
    }
}
