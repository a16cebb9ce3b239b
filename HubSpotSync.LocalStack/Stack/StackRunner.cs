using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>All instances of a stack: started together (each waits for its turn), stopped in reverse order.</summary>
internal sealed class StackRunner : IDisposable
{
    private readonly StackChanges _changes;
    private readonly CancellationTokenSource _ending = new();
    private Task _running = Task.CompletedTask;

    public StackRunner(
        IReadOnlyList<ResourceInstance> instances, StackChanges changes, StackOutput output, TimeProvider time)
    {
        _changes = changes;
        Instances = instances;
        Loops =
        [
            .. instances.Select(instance => new ResourceLoop(
                instance, new Dependencies(instance.Resource, () => instances), changes, output, time)),
        ];
    }

    public IReadOnlyList<ResourceInstance> Instances { get; }

    public IReadOnlyList<ResourceLoop> Loops { get; }

    public void Start()
    {
        Reaper.Shared.EnsureStarted();
        _running = Task.WhenAll(Loops.Select(loop => loop.RunAsync(_ending.Token)));
    }

    /// <summary>Until everything that should run is healthy and everything that runs once has succeeded.</summary>
    public Task WaitUntilSettledAsync(CancellationToken cancellationToken) => _changes.WaitUntilAsync(
        () => Instances.All(instance => instance.IsSettled && instance.State != ResourceState.Failed),
        cancellationToken);

    /// <summary>
    /// What others wait for ends after them, so that nobody loses its database while it still writes.
    /// </summary>
    public async Task StopAsync()
    {
        await _ending.CancelAsync();
        var left = Loops.ToList();
        while (left.Count > 0)
        {
            var wave = left.Where(loop => !left.Any(other => WaitsFor(other, loop))).ToList();
            wave = wave.Count > 0 ? wave : [.. left];
            await Task.WhenAll(wave.Select(loop => loop.EndProcessAsync()));
            left.RemoveAll(wave.Contains);
        }

        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var instance in Instances)
        {
            instance.Log.Dispose();
        }
    }

    public void Dispose() => _ending.Dispose();

    public void Kill()
    {
        foreach (var loop in Loops)
        {
            loop.Kill();
        }
    }

    private bool WaitsFor(ResourceLoop later, ResourceLoop earlier) =>
        new Dependencies(later.Instance.Resource, () => Instances).WaitsFor(earlier.Instance.Resource);
}
