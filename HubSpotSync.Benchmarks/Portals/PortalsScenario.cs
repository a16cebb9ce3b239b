using HubSpotSync.Benchmarks.Import;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.Data.Runs;

namespace HubSpotSync.Benchmarks.Portals;

/// <summary>
/// Twenty companies connect their accounts in one moment. HubSpot's limit is each account's own, so none should notice
/// the others, and those that wait should wait alike.
/// </summary>
internal sealed class PortalsScenario : IScenario
{
    private const int Accounts = 20;
    private const int Usual = 10_000;
    private static readonly string[] Kinds = ["contacts", "companies", "deals"];

    public string Name => "portals";

    public string Summary => "the first imports of 20 accounts at once: [--contacts N], of each; [--workers N]";

    public async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var plan = new StagePlan(1)
        {
            SmallAccounts = Accounts,
            SmallContacts = options.Contacts ?? Usual,
            Workers = Math.Max(2, options.Workers),
        };
        await using var stage = await Stage.StartAsync(plan, cancellationToken);
        var tenants = new List<StageTenant>();
        for (var number = 0; number < Accounts; number++)
        {
            var tenant = await stage.Engine.AddAsync(StageHubSpot.FirstSmallPortalId + number, cancellationToken);
            await tenant.ConnectAsync([], cancellationToken);
            tenants.Add(tenant);
        }

        await stage.QuietAsync(cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);
        var cpu = stage.Workers.CpuSeconds;

        var runs = await Task.WhenAll(tenants.Select(tenant => tenant.RunAsync(RunDepth.Full, cancellationToken)));

        var requests = await stage.HubSpot.ReadRequestsAsync(cancellationToken);
        var (there, fewest) = (0L, new List<double>());
        foreach (var tenant in tenants)
        {
            var counts = new List<int>();
            foreach (var kind in Kinds)
            {
                counts.Add(await stage.HubSpot.CountAsync(tenant.PortalId, kind, cancellationToken));
            }

            there += counts.Sum();
            fewest.Add(counts.Sum(HubSpotPace.Pages));
        }

        var here = await stage.Database.ScalarAsync<long>(
            """
            select (select count(*) from customers) + (select count(*) from deals)
              + (select count(*) from record_links where kind = 'Company')
            """,
            cancellationToken);
        var seconds = runs.Select(run => run.TimeSinceAsked.TotalSeconds).ToList();
        report.AtMost("records that did not come, or came twice", Math.Abs(there - here), "", 0);
        report.AtMost("requests / fewest", requests.Total / fewest.Sum(), "", 1.03);
        report.AtMost("refused for asking too often", requests.RateLimited, "", 0);
        report.Tell("time of the first account", seconds.Min(), "s");
        report.Tell("time of the last account", seconds.Max(), "s");
        report.AtMost(
            "time / what HubSpot's limit asks for, of the slowest",
            seconds.Zip(fewest, (time, pages) => time / HubSpotPace.LeastSeconds(pages)).Max(),
            "",
            1.15);
        report.AtLeast("fairness (Jain), 1 where all take alike", Fairness(seconds), "", 0.95);
        report.Tell("CPU of the workers", stage.Workers.CpuSeconds - cpu, "s");
        report.Tell("peak memory of a worker", stage.Workers.PeakMemory, "MB");
    }

    /// <summary>(sum x)^2 / (n * sum x^2), of each account's speed (Jain, Chiu, Hawe 1984).</summary>
    private static double Fairness(IReadOnlyCollection<double> seconds)
    {
        var speeds = seconds.Select(time => 1 / time).ToList();
        return Math.Pow(speeds.Sum(), 2) / (speeds.Count * speeds.Sum(speed => speed * speed));
    }
}
