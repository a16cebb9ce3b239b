using System.Globalization;

namespace HubSpotSync.LocalStack.Processes;

/// <summary>
/// A process that cannot be mistaken for a later one with the same number: its number and its start time. Where there
/// is no /proc the start time is 0 and the number alone has to do.
/// </summary>
internal readonly record struct ProcessIdentity(int Id, long StartTime)
{
    public static ProcessIdentity Of(int processId) => new(processId, ReadStartTime(processId) ?? 0);

    public bool IsAlive() => Directory.Exists("/proc/self")
        ? ReadStartTime(Id) is { } started && (StartTime == 0 || started == StartTime)
        : Native.Kill(Id, 0) == 0;

    /// <summary>Signals the process and what it leads (it leads a group where setsid started it).</summary>
    public void Signal(StopSignal signal)
    {
        if (!IsAlive())
        {
            return;
        }

        if (signal == StopSignal.Kill)
        {
            Native.Kill(-Id, (int)signal);
        }

        Native.Kill(Id, (int)signal);
    }

    public static int? ReadParent(int processId) =>
        ReadStat(processId) is { Length: > 1 } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : null;

    private static long? ReadStartTime(int processId) =>
        ReadStat(processId) is { Length: > 19 } stat && stat[0] != "Z"
            ? long.Parse(stat[19], CultureInfo.InvariantCulture)
            : null;

    // proc(5): the second field is the name in brackets and may hold anything, so the count starts after the last ')'.
    private static string[]? ReadStat(int processId)
    {
        try
        {
            var text = File.ReadAllText($"/proc/{processId}/stat");
            return text[(text.LastIndexOf(')') + 2)..].Split(' ');
        }
        catch (IOException)
        {
            return null;
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
    }
}
