using System.Globalization;

namespace HubSpotSync.Benchmarks.Measuring;

/// <summary>What else the machine does: processes that want to run, on average over the last minute.</summary>
internal static class MachineLoad
{
    private const string Source = "/proc/loadavg";

    /// <returns><c>null</c> where the machine does not say.</returns>
    public static async Task<double?> ReadAsync(CancellationToken cancellationToken) => File.Exists(Source)
        ? double.Parse(
            (await File.ReadAllTextAsync(Source, cancellationToken)).Split(' ')[0], CultureInfo.InvariantCulture)
        : null;
}
