using Aspire.Hosting.ApplicationModel;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>
/// One process of the model as it is now. Written by its <see cref="ResourceLoop"/>, read by everyone.
/// </summary>
internal sealed class ResourceInstance(
    IResource resource, string name, IResourceDriver driver, ResourceLog log, StackChanges changes)
{
    private volatile bool _wanted = !resource.Annotations.OfType<ExplicitStartAnnotation>().Any();

    public IResource Resource { get; } = resource;

    public string Name { get; } = name;

    public IResourceDriver Driver { get; } = driver;

    public ResourceLog Log { get; } = log;

    public Func<IReadOnlyList<ResourceUrlAnnotation>> ReadUrls { get; init; } = () => [];

    public IReadOnlyList<ResourceUrlAnnotation> Urls => ReadUrls();

    public ResourceState State { get; private set; }

    public bool IsHealthy { get; private set; }

    public bool WasEverHealthy { get; private set; }

    public int? ProcessId { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public int Restarts { get; private set; }

    public int? ExitCode { get; private set; }

    /// <summary>One line about what is the matter, for people.</summary>
    public string? Note { get; private set; }

    public bool IsWanted
    {
        get => _wanted;
        set
        {
            _wanted = value;
            changes.Notify();
        }
    }

    public bool IsUp => State == ResourceState.Running && IsHealthy;

    /// <summary>It has reached what the model wants of it.</summary>
    public bool IsSettled => !IsWanted || (Driver.RunsOnce ? State == ResourceState.Finished : IsUp);

    public void Become(ResourceState state, string? note = null)
    {
        (State, Note, IsHealthy) = (state, note, false);
        changes.Notify();
    }

    public void BecomeRunning(int processId, DateTimeOffset now)
    {
        (ProcessId, StartedAt, ExitCode) = (processId, now, null);
        Become(ResourceState.Running);
    }

    public void Ended(int exitCode)
    {
        (ProcessId, ExitCode, IsHealthy) = (null, exitCode, false);
        changes.Notify();
    }

    public void CountRestart() => Restarts++;

    public void SetHealth(bool healthy)
    {
        if (IsHealthy != healthy)
        {
            IsHealthy = healthy;
            WasEverHealthy |= healthy;
            changes.Notify();
        }
    }
}
