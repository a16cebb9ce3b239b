using System.Diagnostics;
using System.Globalization;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Processes;

/// <summary>
/// The side of the reaper that lives in this process. The reaper itself is a second process (<see
/// cref="ReaperProgram"/>)
/// in a session of its own that reads from us what is running. When the pipe ends, however we ended, it ends the rest.
/// </summary>
internal sealed class Reaper
{
    private readonly Lock _gate = new();
    private readonly Dictionary<ProcessIdentity, StopSignal> _watched = [];
    private Process? _process;

    public static Reaper Shared { get; } = new();

    public void EnsureStarted()
    {
        lock (_gate)
        {
            if (_process is null or { HasExited: true })
            {
                _process = Start();
                Write($"mark {ProcessStart.Mark}");
                foreach (var (identity, signal) in _watched)
                {
                    Write(Line("+", identity, signal));
                }
            }
        }
    }

    public void Watch(ProcessIdentity identity, StopSignal signal)
    {
        lock (_gate)
        {
            _watched[identity] = signal;
            Write(Line("+", identity, signal));
        }
    }

    public void Forget(ProcessIdentity identity)
    {
        lock (_gate)
        {
            if (_watched.Remove(identity, out var signal))
            {
                Write(Line("-", identity, signal));
            }
        }
    }

    /// <summary>A file or folder to delete once everything has ended: throw-away data.</summary>
    public void DeleteAtEnd(string path)
    {
        EnsureStarted();
        lock (_gate)
        {
            Write($"delete {path}");
        }
    }

    private static string Line(string sign, ProcessIdentity identity, StopSignal signal) =>
        string.Create(CultureInfo.InvariantCulture, $"{sign} {identity.Id} {identity.StartTime} {(int)signal}");

    private static Process Start()
    {
        var assembly = Path.Combine(AppContext.BaseDirectory, "HubSpotSync.LocalStack.dll");
        string[] command =
        [
            .. LaunchPrefix.For(null, ToolSearch.OnPath), ToolSearch.DotNet, "exec",
            assembly, ReaperProgram.Verb,
        ];
        return Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true, // or it would keep the pipes of a killed parent open
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = "/",
            Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcServer"] = "0", [ProcessStart.MarkVariable] = "" },
        })!;
    }

    private void Write(string line)
    {
        try
        {
            _process?.StandardInput.WriteLine(line);
            _process?.StandardInput.Flush();
        }
        catch (IOException)
        {
            // The reaper was killed; EnsureStarted starts another and tells it everything again.
            _process = null;
        }
    }
}
