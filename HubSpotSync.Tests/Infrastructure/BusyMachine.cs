using System.Globalization;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>What else the machine has to do while tests run beside each other.</summary>
internal static class BusyMachine
{
    private const string Source = "/proc/loadavg";

    /// <summary>How many times as long things take as on a machine of their own, at least once.</summary>
    public static double Factor => File.Exists(Source)
        ? Math.Max(1, double.Parse(File.ReadAllText(Source).Split(' ')[0], CultureInfo.InvariantCulture)
            / Environment.ProcessorCount)
        : 1;
}
