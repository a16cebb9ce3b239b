using Aspire.Hosting.ApplicationModel;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>What one resource waits for, looked up among the instances.</summary>
internal sealed class Dependencies(IResource resource, Func<IReadOnlyList<ResourceInstance>> all)
{
    private readonly WaitAnnotation[] _waits = [.. resource.Annotations.OfType<WaitAnnotation>()];

    /// <summary>The first thing that is not there yet; null when it may start.</summary>
    public string? Missing() => _waits.FirstOrDefault(wait => !IsMet(wait))?.Resource.Name;

    public bool WaitsFor(IResource other) => _waits.Any(wait => Process(wait.Resource) == other);

    // A database is there when its server is; a given connection string and a parameter always are.
    private static IResource Process(IResource target) =>
        target is PostgresDatabaseResource database ? database.Parent : target;

    private bool IsMet(WaitAnnotation wait)
    {
        var instances = all().Where(instance => instance.Resource == Process(wait.Resource)).ToArray();
        return wait.Until switch
        {
            WaitFor.Started => Array.TrueForAll(instances, instance => instance.StartedAt is not null),
            WaitFor.Completed => Array.TrueForAll(
                instances, instance => instance.ProcessId is null && instance.ExitCode == wait.ExitCode),
            _ => Array.TrueForAll(instances, instance => instance.IsUp || instance.State == ResourceState.Finished),
        };
    }
}
