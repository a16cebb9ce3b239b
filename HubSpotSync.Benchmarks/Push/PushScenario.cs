using System.Globalization;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.Data.Runs;

namespace HubSpotSync.Benchmarks.Push;

/// <summary>
/// Customers made here on their way to HubSpot: all of them at first, then many at once, then one after the other,
/// alone and beside a full reconcile.
/// </summary>
internal sealed class PushScenario : IScenario
{
    private const int Usual = 100_000;
    private const int PageSize = 100;
    private const int Burst = 5_000;
    private const int RequestsInWindow = 110;
    private const int WindowSeconds = 10;

    public string Name => "push";

    public string Summary => "from a customer here to a contact in HubSpot: [--contacts N] [--workers N]";

    public async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var plan = new StagePlan(0) { Workers = options.Workers };
        await using var stage = await Stage.StartAsync(plan, cancellationToken);
        var customers = new LocalCustomers(stage);
        await PushFirstAsync(stage, customers, options.Contacts ?? Usual, report, cancellationToken);
        await PushBurstAsync(stage, customers, report, cancellationToken);

        var steady = new SteadyCreates(stage, customers);
        await stage.QuietAsync(cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);
        var alone = await steady.SeeAsync(await steady.MakeAsync("alone", cancellationToken), cancellationToken);
        var requests = await stage.HubSpot.ReadRequestsAsync(cancellationToken);
        report.Tell("10 creates a second: requests a minute", requests.Total, "");
        report.AtMost("10 creates a second: p50", alone.At(0.50), "ms", 160);
        report.AtMost("10 creates a second: p99", alone.At(0.99), "ms", 500);
        report.Tell("10 creates a second: slowest", alone.Most, "ms");

        await ReconcileMeanwhileAsync(stage, steady, report, cancellationToken);
        requests = await stage.HubSpot.ReadRequestsAsync(cancellationToken);
        report.AtMost("refused for asking too often", requests.RateLimited, "", 0);
        report.Tell("peak memory of a worker", stage.Workers.PeakMemory, "MB");
    }

    private static async Task PushFirstAsync(
        Stage stage, LocalCustomers customers, int count, Report report, CancellationToken cancellationToken)
    {
        await customers.AddAsync("first", count, cancellationToken);
        await stage.Database.ExecuteAsync("analyze customers", cancellationToken);
        await stage.Engine.ConnectAsync(cancellationToken);
        await stage.QuietAsync(cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);
        var cpu = stage.Workers.CpuSeconds;

        var time = await stage.Engine.RunAsync(RunDepth.Full, cancellationToken);

        var requests = await stage.HubSpot.ReadRequestsAsync(cancellationToken);
        var fewest = (count + PageSize - 1) / PageSize;
        var least = (fewest - 1) / RequestsInWindow * WindowSeconds;
        var what = string.Create(CultureInfo.InvariantCulture, $"first push of {count:#,0}");
        report.Tell($"{what}: requests", requests.Total, "");
        if (count >= Usual)
        {
            report.AtMost($"{what}: requests / fewest", (double)requests.Total / fewest, "", 1.05);
        }
        else
        {
            report.Tell($"{what}: requests / fewest", (double)requests.Total / fewest, ""); // 100: each counts
        }

        report.Tell($"{what}: time", time.TotalSeconds, "s");
        report.Tell($"{what}: time that HubSpot's limit asks for", least, "s");
        report.Tell($"{what}: CPU of the workers", stage.Workers.CpuSeconds - cpu, "s");
    }

    private static async Task PushBurstAsync(
        Stage stage, LocalCustomers customers, Report report, CancellationToken cancellationToken)
    {
        await stage.QuietAsync(cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);

        var committed = await customers.AddAsync("burst", Burst, cancellationToken);

        await stage.NothingWaitsAsync(cancellationToken);
        var requests = await stage.HubSpot.ReadRequestsAsync(cancellationToken);
        var made = await stage.HubSpot.ReadCreationsAsync(LocalCustomers.Emails("burst", Burst), cancellationToken);
        report.AtMost("burst of 5,000: customers without a contact", Burst - made.Count, "", 0);
        report.AtMost("burst of 5,000: requests", requests.Total, "", 55);
        report.AtMost("burst of 5,000: time", (made.Values.Max() - committed).TotalSeconds, "s", 5);
    }

    /// <summary>Run after run, for as long as customers are made.</summary>
    private static async Task ReconcileMeanwhileAsync(
        Stage stage, SteadyCreates steady, Report report, CancellationToken cancellationToken)
    {
        await stage.QuietAsync(cancellationToken);
        using var enough = new CancellationTokenSource();
        var reconciling = ReconcileAsync(stage, enough.Token, cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);
        await Wait.UntilAsync(
            async () => PagesOf(await stage.HubSpot.ReadRequestsAsync(cancellationToken)) > 1,
            TimeSpan.FromMinutes(1),
            "the reconcile to read its first pages",
            cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);

        var committed = await steady.MakeAsync("beside", cancellationToken);

        var pages = PagesOf(await stage.HubSpot.ReadRequestsAsync(cancellationToken));
        await enough.CancelAsync();
        await reconciling;
        var beside = await steady.SeeAsync(committed, cancellationToken);
        report.Tell("the same beside a full reconcile: p50", beside.At(0.50), "ms");
        report.AtMost("the same beside a full reconcile: p99", beside.At(0.99), "ms", 2000);
        report.Tell("the same beside a full reconcile: slowest", beside.Most, "ms");
        report.Tell("pages that the reconcile read in that minute", pages, "");
    }

    private static async Task ReconcileAsync(Stage stage, CancellationToken enough, CancellationToken cancellationToken)
    {
        do
        {
            await stage.Engine.RunAsync(RunDepth.Full, cancellationToken);
        }
        while (!enough.IsCancellationRequested);
    }

    private static int PagesOf(StageRequests requests) => requests.CountOf(
        route => route.Method == "GET" && route.Route.EndsWith("/{type}", StringComparison.Ordinal));
}
