using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.Data.Runs;

namespace HubSpotSync.Benchmarks.NoChange;

/// <summary>What a run costs that finds nothing to do: the usual one, and with <c>--deep</c> a full one.</summary>
internal sealed class NoChangeScenario : IScenario
{
    private const int Usual = 10_000;
    private const int Companies = 800;
    private const int Deals = 600;
    private const int PageSize = 100;

    public string Name => "nochange";

    public string Summary => "a run that finds nothing to do: [--contacts N] [--deep] [--limits off] [--workers N]";

    public async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var contacts = options.Contacts ?? Usual;
        var plan = new StagePlan(contacts)
        {
            Companies = Companies, Deals = Deals, Workers = options.Workers, HasLimits = false,
        };
        await using var stage = await Stage.StartAsync(plan, cancellationToken);
        await stage.Engine.ConnectAsync(cancellationToken);
        await stage.Engine.RunAsync(RunDepth.Full, cancellationToken);
        await stage.NothingWaitsAsync(cancellationToken);
        if (options.HasLimits)
        {
            await stage.LimitAsync(cancellationToken);
        }

        await stage.Engine.RunAsync(RunDepth.Changes, cancellationToken); // looks over what the first one wrote

        if (options.IsDeep)
        {
            var fewest = 0;
            foreach (var type in (string[])["contacts", "companies", "deals"])
            {
                fewest += (await stage.HubSpot.CountAsync(type, cancellationToken) + PageSize - 1) / PageSize;
            }

            var (cost, _) = await RunAsync(stage, RunDepth.Full, report, cancellationToken);
            report.Tell("requests", cost.Total, "");
            report.AtMost("requests / fewest", (double)cost.Total / fewest, "", 1.02);
        }
        else
        {
            var (cost, time) = await RunAsync(stage, RunDepth.Changes, report, cancellationToken);
            report.AtMost("requests", cost.Total, "", 5);
            report.AtMost("time", time.TotalSeconds, "s", 1);
        }

        report.Tell("peak memory of a worker", stage.Workers.PeakMemory, "MB");
    }

    private static async Task<(StageRequests Cost, TimeSpan Time)> RunAsync(
        Stage stage, RunDepth depth, Report report, CancellationToken cancellationToken)
    {
        var before = await TupleCounts.ReadAsync(stage.Database, cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);
        var cpu = stage.Workers.CpuSeconds;

        var time = await stage.Engine.RunAsync(depth, cancellationToken);

        report.Tell("CPU of the workers", stage.Workers.CpuSeconds - cpu, "s");
        var cost = await stage.HubSpot.ReadRequestsAsync(cancellationToken);
        var after = await TupleCounts.ReadAsync(stage.Database, cancellationToken);
        report.AtMost("requests that write", cost.Writes, "", 0);
        report.AtMost("rows written", after.Records - before.Records, "", 0);
        report.Tell("rows of the run's own books written", after.Books - before.Books, "");
        report.Tell("time of the run", time.TotalSeconds, "s");
        return (cost, time);
    }
}
