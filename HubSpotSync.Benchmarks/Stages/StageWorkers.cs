using System.Diagnostics;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.LocalStack.Servers;

namespace HubSpotSync.Benchmarks.Stages;

/// <summary>
/// Workers as processes of their own, as they are deployed, so that their time and memory are theirs alone.
/// </summary>
internal sealed class StageWorkers(IReadOnlyDictionary<string, string> settings) : IAsyncDisposable
{
    // Built with this program, in the same configuration, and put beside it.
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "HubSpotSync.Worker.dll");

    private readonly List<ProgramServer> _workers = [];

    /// <summary>Seconds of processor time that all of them have used so far.</summary>
    public double CpuSeconds => _workers.Sum(worker => ProcessUse.CpuSeconds(worker.ProcessId));

    /// <summary>The most memory that one of them ever held, in megabytes.</summary>
    public double PeakMemory => _workers.Max(worker => ProcessUse.Peak(worker.ProcessId));

    public async Task StartAsync(int count, CancellationToken cancellationToken)
    {
        for (var i = 0; i < count; i++)
        {
            _workers.Add(await ProgramServer.StartAsync(Program, [], settings, cancellationToken));
        }
    }

    /// <summary>All of them at once, without a word.</summary>
    public async Task KillAsync()
    {
        foreach (var worker in _workers)
        {
            using var process = Process.GetProcessById(worker.ProcessId);
            process.Kill();
        }

        await DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_workers.Select(worker => worker.DisposeAsync().AsTask()));
        _workers.Clear();
    }
}
