using System.Diagnostics;

namespace HubSpotSync.Benchmarks.Measuring;

/// <summary>
/// What another process uses, from <c>/proc</c> where there is one (.NET reads it there by itself); memory in megabytes
/// of a million bytes.
/// </summary>
internal static class ProcessUse
{
    private const double Megabyte = 1_000_000;

    public static double Resident(int processId) => Read(processId, process => process.WorkingSet64 / Megabyte);

    public static double Peak(int processId) => Read(processId, process => process.PeakWorkingSet64 / Megabyte);

    public static double CpuSeconds(int processId) =>
        Read(processId, process => process.TotalProcessorTime.TotalSeconds);

    private static double Read(int processId, Func<Process, double> read)
    {
        using var process = Process.GetProcessById(processId);
        return read(process);
    }
}
