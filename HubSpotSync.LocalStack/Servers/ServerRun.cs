using System.Collections.Concurrent;
using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.LocalStack.Servers;

/// <summary>A server process that is started, waited for until it answers, and stopped or killed.</summary>
internal sealed class ServerRun(string title, ProcessSpec spec, Func<CancellationToken, Task<bool>> answers)
{
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    private readonly ConcurrentQueue<string> _lastLines = new();
    private ManagedProcess? _process;

    public int? ProcessId => _process is { HasExited: false } running ? running.Id : null;

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _process = ManagedProcess.Start(spec, (line, _) => Keep(line));
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(StartTime);
        using var timer = new PeriodicTimer(Interval);
        while (!await answers(limit.Token))
        {
            if (_process.HasExited)
            {
                throw new InvalidOperationException($"{title} ended at start: {string.Join(" / ", _lastLines)}");
            }

            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    public async Task StopAsync()
    {
        if (_process is { } process)
        {
            await process.StopAsync(Patience);
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>As a power cut would: no shutdown, no flush.</summary>
    public async Task KillAsync()
    {
        if (_process is { } process)
        {
            process.Kill();
            await process.Exited;
            process.Dispose();
            _process = null;
        }
    }

    private void Keep(string line)
    {
        _lastLines.Enqueue(line);
        while (_lastLines.Count > 5)
        {
            _lastLines.TryDequeue(out _);
        }
    }
}
