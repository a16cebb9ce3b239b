using System.Diagnostics;
using HubSpotSync.LocalStack.Tools;

namespace HubSpotSync.LocalStack.Processes;

internal static class ProcessStart
{
    /// <summary>Set for all that this process starts; the reaper finds strays by it.</summary>
    public const string MarkVariable = "HUBSPOTSYNC_STACK_MARK";

    /// <summary>One mark per run of this program.</summary>
    public static string Mark { get; } = Guid.NewGuid().ToString("N");

    public static ProcessStartInfo For(ProcessSpec spec)
    {
        string[] command = [.. LaunchPrefix.For(spec.RunAs, ToolSearch.OnPath), spec.FileName, .. spec.Arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = spec.WorkingFolder ?? "/",
        };
        foreach (var name in start.Environment.Keys.Where(name => spec.WithoutVariables.Any(prefix =>
            name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in spec.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment[MarkVariable] = spec.OutlivesUs ? "" : Mark;
        return start;
    }
}
