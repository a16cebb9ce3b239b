using HubSpotSync.Benchmarks.Fake;
using HubSpotSync.Benchmarks.Import;
using HubSpotSync.Benchmarks.Incremental;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Merge;
using HubSpotSync.Benchmarks.NoChange;
using HubSpotSync.Benchmarks.Pages;
using HubSpotSync.Benchmarks.Portals;
using HubSpotSync.Benchmarks.Push;
using HubSpotSync.Benchmarks.Resume;
using HubSpotSync.Benchmarks.Schedules;
using HubSpotSync.Benchmarks.Webhooks;

namespace HubSpotSync.Benchmarks;

/// <summary>
/// <c>list</c>, or a scenario's name with its options, <c>--runs N</c> for the medians of so many runs, and
/// <c>--json FILE</c>. Ends with 0 where every figure holds, with 1 where one falls short, with 2 where the command is
/// not understood.
/// </summary>
internal static class BenchmarkCommand
{
    private static readonly IReadOnlyList<IScenario> Scenarios =
    [
        new FakeScenario(), new ImportScenario(), new PushScenario(), new IncrementalScenario(),
        new NoChangeScenario(), new WebhooksScenario(), new PortalsScenario(), new ResumeScenario(),
        new MergeScenario(), new PagesScenario(),
    ];

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        if (args is ["list"])
        {
            await ListAsync(output);
            return 0;
        }

        if (args is [SchedulesCommand.Name, .. var rest])
        {
            return await SchedulesCommand.RunAsync(rest, output, cancellationToken);
        }

        var named = Scenarios.FirstOrDefault(one => one.Name == args.FirstOrDefault());
        if (named is null || BenchmarkOptions.Parse(args.AsSpan(1)) is not { } options)
        {
            await output.WriteLineAsync("Say a scenario, its options, and --runs N and --json FILE if you like:");
            await ListAsync(output);
            return 2;
        }

#if DEBUG
        await output.WriteLineAsync("This is a debug build: its figures mean little. Use -c Release.");
#endif
        return await RunAsync(named, options, output, cancellationToken);
    }

    private static async Task<int> RunAsync(
        IScenario scenario, BenchmarkOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        List<Report> runs = [];
        while (runs.Count < options.Runs)
        {
            runs.Add(await RunOnceAsync(scenario, options, output, cancellationToken));
        }

        var report = Report.MedianOf(runs);
        if (runs.Count > 1)
        {
            await output.WriteLineAsync($"Medians of {runs.Count} runs:");
            await report.PrintAsync(output);
        }

        if (options.Json is { } file)
        {
            await report.SaveAsync(file, cancellationToken);
        }

        return report.Holds ? 0 : 1;
    }

    private static async Task<Report> RunOnceAsync(
        IScenario scenario, BenchmarkOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        var report = new Report(scenario.Name);
        if (await MachineLoad.ReadAsync(cancellationToken) is { } load)
        {
            report.Tell("load of the machine before", load, "");
        }

        try
        {
            await scenario.RunAsync(report, options, cancellationToken);
            return report;
        }
        finally
        {
            await report.PrintAsync(output); // what was measured before it went wrong as well
        }
    }

    private static async Task ListAsync(TextWriter output)
    {
        foreach (var scenario in Scenarios)
        {
            await output.WriteLineAsync($"  {scenario.Name,-12} {scenario.Summary}");
        }

        await output.WriteLineAsync($"  {SchedulesCommand.Name,-12} random schedules: --count N --seed S [--print]");
    }
}
