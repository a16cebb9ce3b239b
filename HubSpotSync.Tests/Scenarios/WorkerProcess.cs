using System.Collections.Concurrent;
using HubSpotSync.LocalStack.Processes;

namespace HubSpotSync.Tests.Scenarios;

/// <summary>A worker as a process of its own, to be killed. It ends with the tests, even with killed ones.</summary>
public sealed class WorkerProcess : IAsyncDisposable
{
    private const int Kept = 200;

    private readonly ConcurrentQueue<string> _lines = new();
    private readonly ManagedProcess _process;

    private WorkerProcess(IReadOnlyDictionary<string, string?> settings)
    {
        var program = Path.Combine(AppContext.BaseDirectory, "HubSpotSync.Worker.dll");
        var spec = new ProcessSpec("dotnet", ["exec", program])
        {
            Environment = settings.ToDictionary(
                setting => setting.Key.Replace(":", "__", StringComparison.Ordinal), setting => setting.Value ?? ""),
            WorkingFolder = AppContext.BaseDirectory,
        };
        _process = ManagedProcess.Start(spec, (line, _) => Keep(line));
    }

    public int Id => _process.Id;

    /// <summary><c>null</c> while it runs; 128 and more is a signal.</summary>
    public int? ExitCode => _process.HasExited ? _process.Exited.Result : null;

    /// <summary>All its loops have begun.</summary>
    public bool HasStarted => _lines.Any(line => line.Contains("Application started", StringComparison.Ordinal));

    /// <summary>What it said last.</summary>
    public IReadOnlyList<string> LastLines => [.. _lines];

    public static WorkerProcess Start(IReadOnlyDictionary<string, string?> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return new WorkerProcess(settings);
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync()
    {
        _process.Kill();
        return _process.Exited;
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        _process.Dispose();
    }

    private void Keep(string line)
    {
        _lines.Enqueue(line);
        while (_lines.Count > Kept)
        {
            _lines.TryDequeue(out _);
        }
    }
}
