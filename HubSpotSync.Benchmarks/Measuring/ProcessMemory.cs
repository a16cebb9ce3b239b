using System.Diagnostics;

namespace HubSpotSync.Benchmarks.Measuring;

/// <summary>Memory of another process, in megabytes of a million bytes.</summary>
internal static class ProcessMemory
{
    private const double Megabyte = 1_000_000;

    public static double Resident(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.WorkingSet64 / Megabyte;
    }

    public static double Peak(int processId)
    {
        using var process = Process.GetProcessById(processId);
        return process.PeakWorkingSet64 / Megabyte;
    }
}
