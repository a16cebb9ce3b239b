namespace HubSpotSync.Worker.Runs;

/// <summary>
/// This process, as leases and locks name it. New with every start: a restarted worker is another one.
/// </summary>
internal sealed class WorkerIdentity
{
    public string Name { get; } = $"{Environment.MachineName}-{Environment.ProcessId}-{Guid.NewGuid():N}";
}
