using System.Diagnostics;

namespace HubSpotSync.LocalStack.Processes;

/// <summary>A process of ours: its output line by line, its end, and a polite way to end it.</summary>
internal sealed class ManagedProcess : IDisposable
{
    private static readonly TimeSpan HardStopTime = TimeSpan.FromSeconds(2);

    private readonly Process _process;
    private readonly ProcessSpec _spec;
    private readonly ProcessIdentity _identity;

    private ManagedProcess(Process process, ProcessSpec spec)
    {
        _process = process;
        _spec = spec;
        _identity = ProcessIdentity.Of(process.Id);
        Reaper.Shared.Watch(_identity, spec.Stop);
        Exited = WaitAsync();
    }

    public int Id => _identity.Id;

    /// <summary>The exit code; 128 and more is a signal.</summary>
    public Task<int> Exited { get; }

    public bool HasExited => Exited.IsCompleted;

    public static ManagedProcess Start(ProcessSpec spec, Action<string, bool> onLine)
    {
        Reaper.Shared.EnsureStarted();
        var process = new Process { StartInfo = ProcessStart.For(spec) };
        process.OutputDataReceived += (_, line) => Pass(line.Data, false);
        process.ErrorDataReceived += (_, line) => Pass(line.Data, true);
        process.Start();
        process.StandardInput.Close();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new ManagedProcess(process, spec);

        void Pass(string? line, bool isError)
        {
            if (line is not null)
            {
                onLine(line, isError);
            }
        }
    }

    /// <summary>The stop signal, then after <paramref name="patience"/> the hard one, then Kill.</summary>
    public async Task StopAsync(TimeSpan patience)
    {
        if (await EndsAfterAsync(_spec.Stop, patience)
            || (_spec.HardStop != StopSignal.Kill && await EndsAfterAsync(_spec.HardStop, HardStopTime)))
        {
            return;
        }

        Kill();
        await Exited;
    }

    public void Kill() => _identity.Signal(StopSignal.Kill);

    public void Dispose() => _process.Dispose();

    private async Task<bool> EndsAfterAsync(StopSignal signal, TimeSpan patience)
    {
        if (!HasExited)
        {
            _identity.Signal(signal);
        }

        return await Task.WhenAny(Exited, Task.Delay(patience)) == Exited;
    }

    private async Task<int> WaitAsync()
    {
        // Only the process itself counts: a grandchild that keeps the pipes open must not hold up a restart.
        _process.EnableRaisingEvents = true;
        var ended = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.Exited += (_, _) => ended.TrySetResult();
        if (_process.HasExited)
        {
            ended.TrySetResult();
        }

        await ended.Task;
        using var drained = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await ((Task)_process.WaitForExitAsync(drained.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Reaper.Shared.Forget(_identity);
        return _process.ExitCode;
    }
}
