using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Stack;

/// <summary>The life of one instance: wait, start, watch, start again.</summary>
internal sealed class ResourceLoop(
    ResourceInstance instance, Dependencies dependencies, StackChanges changes, StackOutput output, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    private ManagedProcess? _process;
    private bool _restartAsked;

    public ResourceInstance Instance => instance;

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var crashes = 0;
        while (!cancellationToken.IsCancellationRequested)
        {
            await WaitForTurnAsync(cancellationToken);
            _restartAsked = false;
            var started = time.GetTimestamp();
            await LiveAsync(cancellationToken);
            if (cancellationToken.IsCancellationRequested || _restartAsked)
            {
                crashes = 0;
                continue;
            }

            if (!instance.IsWanted)
            {
                if (instance.State is ResourceState.Running or ResourceState.Starting)
                {
                    instance.Become(ResourceState.Stopped);
                }

                continue;
            }

            crashes = RestartPolicy.Count(crashes, time.GetElapsedTime(started));
            await PauseAsync(RestartPolicy.Pause(crashes), cancellationToken);
        }
    }

    public void Start() => instance.IsWanted = true;

    public async Task StopAsync()
    {
        instance.IsWanted = false;
        await EndProcessAsync();
        if (instance.State is ResourceState.Waiting or ResourceState.Restarting)
        {
            instance.Become(ResourceState.Stopped);
        }
    }

    public async Task RestartAsync()
    {
        _restartAsked = true;
        await EndProcessAsync();
        instance.IsWanted = true;
    }

    public void Kill() => _process?.Kill();

    public Task EndProcessAsync() =>
        _process is { HasExited: false } running ? running.StopAsync(Patience) : Task.CompletedTask;

    private async Task WaitForTurnAsync(CancellationToken cancellationToken)
    {
        if (!instance.IsWanted && instance.State is ResourceState.Waiting)
        {
            instance.Become(ResourceState.Stopped, "not started by itself");
        }

        await changes.WaitUntilAsync(() => instance.IsWanted, cancellationToken);
        if (dependencies.Missing() is not null)
        {
            instance.Become(ResourceState.Waiting, $"waits for {dependencies.Missing()}");
        }

        await changes.WaitUntilAsync(() => !instance.IsWanted || dependencies.Missing() is null, cancellationToken);
    }

    private async Task LiveAsync(CancellationToken cancellationToken)
    {
        if (!instance.IsWanted)
        {
            return;
        }

        instance.Become(ResourceState.Starting);
        try
        {
            var spec = await instance.Driver.PrepareAsync(cancellationToken);
            cancellationToken.ThrowIfCancellationRequested();
            using var process = ManagedProcess.Start(spec, (line, isError) => output.Add(instance, line, isError));
            _process = process;
            instance.BecomeRunning(process.Id, time.GetUtcNow());
            await WatchAsync(process, cancellationToken);
            _process = null;
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            // Whatever keeps a resource from starting is shown, and the dashboard offers another try.
            _process?.Kill();
            Fail(error.Message);
        }
    }

    private async Task WatchAsync(ManagedProcess process, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var health = new HealthLoop(instance, time).RunAsync(ended.Token);
        var first = await Task.WhenAny(process.Exited, health);
        if (first == health && health.IsFaulted)
        {
            await process.StopAsync(Patience);
        }

        var code = await process.Exited;
        await ended.CancelAsync();
        await ((Task)health).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        instance.Ended(code);
        if (health.IsFaulted)
        {
            throw health.Exception!.InnerException!; // a faulted task has one
        }

        if (instance.Driver.RunsOnce && !_restartAsked && !cancellationToken.IsCancellationRequested)
        {
            FinishRunOnce(code);
        }
    }

    private void FinishRunOnce(int code)
    {
        if (code == 0)
        {
            instance.IsWanted = false;
            instance.Become(ResourceState.Finished);
        }
        else if (instance.IsWanted)
        {
            Fail($"ended with code {code}");
        }
    }

    private void Fail(string why)
    {
        instance.IsWanted = false;
        instance.Become(ResourceState.Failed, why);
        output.SayFailed(instance, why);
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken cancellationToken)
    {
        instance.CountRestart();
        var ended = $"ended with code {instance.ExitCode}";
        instance.Become(ResourceState.Restarting, ended);
        output.Note(instance, $"{ended}; starting again in {pause.TotalSeconds:0.#} s (restart {instance.Restarts})");
        using var skip = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var stopped = changes.WaitUntilAsync(() => !instance.IsWanted || _restartAsked, skip.Token);
        await Task.WhenAny(Task.Delay(pause, time, skip.Token), stopped);
        await skip.CancelAsync();
        if (!instance.WasEverHealthy)
        {
            PortAllocation.MoveIfTaken(instance.Resource);
        }
    }
}
