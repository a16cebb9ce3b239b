using System.Diagnostics;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.Data.Runs;

namespace HubSpotSync.Benchmarks.Resume;

/// <summary>
/// The worker is killed in the middle of an import, and another one is started at once, as a supervisor would.
/// </summary>
internal sealed class ResumeScenario : IScenario
{
    private const int Usual = 100_000;
    private const int PageSize = 100;

    public string Name => "resume";

    public string Summary => "a worker killed at half of an import: [--contacts N]";

    public async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var contacts = options.Contacts ?? Usual;
        var usual = await UndisturbedAsync(contacts, cancellationToken);
        await using var stage = await Stage.StartAsync(new StagePlan(contacts), cancellationToken);
        await stage.Engine.ConnectAsync([], cancellationToken);
        await stage.QuietAsync(cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);
        var run = stage.Engine.RunAsync(RunDepth.Full, cancellationToken);
        await ProcessedAsync(stage, contacts / 2, cancellationToken);

        await stage.Workers.KillAsync();
        var killed = Stopwatch.GetTimestamp();
        var reached = await stage.Database.ScalarAsync<int>("select processed from sync_runs", cancellationToken);
        await stage.Workers.StartAsync(1, cancellationToken);
        report.Tell("time until the next worker answers", Stopwatch.GetElapsedTime(killed).TotalSeconds, "s");
        await ProcessedAsync(stage, reached + PageSize, cancellationToken);
        report.AtMost("time until the next page is written", Stopwatch.GetElapsedTime(killed).TotalSeconds, "s", 10);
        await run;

        var requests = await stage.HubSpot.ReadRequestsAsync(cancellationToken);
        var here = await stage.Database.ScalarAsync<long>("select count(*) from customers", cancellationToken);
        var there = await stage.HubSpot.CountAsync("contacts", cancellationToken);
        report.AtMost("customers that did not come, or came twice", Math.Abs(there - here), "", 0);
        report.AtMost("requests more, of a hundred", 100.0 * (requests.Total - usual) / usual, "%", 2);
        report.AtMost("refused for asking too often", requests.RateLimited, "", 0);
    }

    private static async Task<int> UndisturbedAsync(int contacts, CancellationToken cancellationToken)
    {
        await using var stage = await Stage.StartAsync(
            new StagePlan(contacts) { HasLimits = false }, cancellationToken);
        await stage.Engine.ConnectAsync([], cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);
        await stage.Engine.RunAsync(RunDepth.Full, cancellationToken);
        return (await stage.HubSpot.ReadRequestsAsync(cancellationToken)).Total;
    }

    private static Task ProcessedAsync(Stage stage, int count, CancellationToken cancellationToken) => Wait.UntilAsync(
        () => stage.Database.ScalarAsync<bool>(
            $"select coalesce(max(processed), 0) >= {count} from sync_runs", cancellationToken),
        TimeSpan.FromMinutes(30),
        "the run to come this far",
        cancellationToken);
}
