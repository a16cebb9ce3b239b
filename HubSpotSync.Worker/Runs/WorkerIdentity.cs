using System.Globalization;

namespace HubSpotSync.Worker.Runs;

/// <summary>
/// This process, as leases and locks name it. New with every start: a restarted worker is another one.
/// </summary>
internal sealed class WorkerIdentity
{
    private long _leases;

    public string Name { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";

    /// <summary>
    /// What a claim is held under. Each has a name of its own: work that this process has lost and taken up again is
    /// not to be ended by its former self.
    /// </summary>
    public string NewLease() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}/{Interlocked.Increment(ref _leases)}");
}
