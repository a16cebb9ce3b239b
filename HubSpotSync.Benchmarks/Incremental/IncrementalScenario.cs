using System.Diagnostics;
using System.Globalization;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.Data.Runs;

namespace HubSpotSync.Benchmarks.Incremental;

/// <summary>
/// A thousand contacts that people changed in HubSpot and a thousand customers that people changed here, brought over
/// by one run; it costs what was changed, not what there is.
/// </summary>
internal sealed class IncrementalScenario : IScenario
{
    private const int Usual = 100_000;
    private const int Large = 1_000_000;
    private const int Small = 10_000;
    private const int Changes = 1_000;
    private const int SearchPage = 200;
    private const int Batch = 100;

    public string Name => "incremental";

    public string Summary => "a thousand changes on each side: [--contacts N] [--workers N]";

    public async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var contacts = options.Contacts ?? Usual;
        var (requests, time) = await MeasureAsync(contacts, options, cancellationToken);
        const double Fewest = (Changes / SearchPage) + 2 + (2 * Changes / Batch); // read and write what changed here
        foreach (var route in requests.Routes.OrderByDescending(route => route.Count))
        {
            report.Tell($"{route.Method} {route.Route}", route.Count, "");
        }

        report.AtMost("requests / fewest", requests.Total / Fewest, "", 1.3);
        report.AtMost("refused for asking too often", requests.RateLimited, "", 0);
        report.Tell("time", time.TotalSeconds, "s");
        if (contacts >= Large)
        {
            var (_, small) = await MeasureAsync(Small, options, cancellationToken);
            report.Tell("time with 10,000 contacts", small.TotalSeconds, "s");
            report.AtMost("time / that", time / small, "", 1.2);
        }
    }

    private static async Task<(StageRequests Requests, TimeSpan Time)> MeasureAsync(
        int contacts, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var plan = new StagePlan(contacts) { Workers = options.Workers, HasLimits = false };
        await using var stage = await Stage.StartAsync(plan, cancellationToken);
        await stage.Engine.ConnectAsync([], cancellationToken);
        await stage.Engine.RunAsync(RunDepth.Full, cancellationToken);
        await stage.NothingWaitsAsync(cancellationToken);
        await stage.Database.ExecuteAsync("analyze", cancellationToken); // as autovacuum has done by the next morning
        await stage.LimitAsync(cancellationToken);
        await stage.HubSpot.SetAsync(new { searchLagMs = 0 }, cancellationToken); // or some are for the next run
        await stage.Engine.RunAsync(RunDepth.Changes, cancellationToken); // learns of the limits
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);
        await stage.HubSpot.EditOldestAsync(Changes, "Graz", cancellationToken);

        var began = Stopwatch.GetTimestamp();
        await stage.Database.ExecuteAsync(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                update customers set job_title = 'Changed here' where id in (
                  select local_id from record_links where kind = 'Contact' order by hubspot_id desc limit {Changes})
                """),
            cancellationToken);
        await stage.Engine.RunAsync(RunDepth.Changes, cancellationToken);
        await stage.NothingWaitsAsync(cancellationToken);
        var time = Stopwatch.GetElapsedTime(began);

        var requests = await stage.HubSpot.ReadRequestsAsync(cancellationToken);
        var here = await stage.Database.ScalarAsync<long>(
            "select count(*) from customers where city = 'Graz'", cancellationToken);
        var there = await stage.HubSpot.CountAsync("jobtitle", "Changed here", cancellationToken);
        return here >= Changes && there == Changes
            ? (requests, time)
            : throw new InvalidOperationException($"{here} changes came, {there} went.");
    }
}
