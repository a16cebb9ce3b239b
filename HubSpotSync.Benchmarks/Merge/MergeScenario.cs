using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;

namespace HubSpotSync.Benchmarks.Merge;

/// <summary>What the decision about one record costs, without reading and writing.</summary>
internal sealed class MergeScenario : IScenario
{
    private const double Second = 1_000_000_000;

    public string Name => "merge";

    public string Summary => "the pure merge of one record: no options";

    public Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var config = ManualConfig.CreateEmpty()
            .AddJob(Job.Default.WithToolchain(InProcessNoEmitToolchain.Instance))
            .AddDiagnoser(MemoryDiagnoser.Default)
            .AddLogger(NullLogger.Instance)
            .WithArtifactsPath(StageFolder.New("merge"));
        var summary = BenchmarkRunner.Run<MergeBenchmarks>(config);
        foreach (var one in summary.Reports)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (name, time) = (one.BenchmarkCase.Descriptor.WorkloadMethod.Name, one.ResultStatistics!.Mean); // it ran
            var bytes = (double)(one.GcStats.GetBytesAllocatedPerOperation(one.BenchmarkCase) ?? 0);
            report.Tell($"{name}: time of a record", time, "ns");
            if (name == nameof(MergeBenchmarks.Unchanged))
            {
                report.AtLeast($"{name}: records a second", Second / time, "", 1_000_000);
                report.AtMost($"{name}: allocated for a record", bytes, "bytes", 0);
            }
            else
            {
                report.Tell($"{name}: allocated for a record", bytes, "bytes");
            }
        }

        return Task.CompletedTask;
    }
}
