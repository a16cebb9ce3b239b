using HubSpotSync.Benchmarks.Fake;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Schedules;

namespace HubSpotSync.Benchmarks;

/// <summary>
/// <c>list</c>, or a scenario's name with <c>--json FILE</c>. Ends with 0 where every figure holds, with 1 where one
/// falls short, with 2 where the command is not understood.
/// </summary>
internal static class BenchmarkCommand
{
    private static readonly IReadOnlyList<IScenario> Scenarios = [new FakeScenario()];

    public static async Task<int> RunAsync(string[] args, TextWriter output, CancellationToken cancellationToken)
    {
        if (args is ["list"])
        {
            await ListAsync(output);
            return 0;
        }

        if (args is [SchedulesCommand.Name, .. var options])
        {
            return await SchedulesCommand.RunAsync(options, output, cancellationToken);
        }

        var named = args is [_] or [_, "--json", _] ? Scenarios.FirstOrDefault(one => one.Name == args[0]) : null;
        if (named is null)
        {
            await output.WriteLineAsync("Say a scenario, and --json FILE if you like:");
            await ListAsync(output);
            return 2;
        }

#if DEBUG
        await output.WriteLineAsync("This is a debug build: its figures mean little. Use -c Release.");
#endif
        var report = new Report(named.Name);
        await named.RunAsync(report, cancellationToken);
        await report.PrintAsync(output);
        if (args is [_, _, var file])
        {
            await report.SaveAsync(file, cancellationToken);
        }

        return report.Holds ? 0 : 1;
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
