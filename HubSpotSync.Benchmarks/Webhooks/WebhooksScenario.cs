using System.Diagnostics;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.Data.Runs;
using HubSpotSync.LocalStack.Servers;

namespace HubSpotSync.Benchmarks.Webhooks;

/// <summary>
/// How soon the portal answers HubSpot when it is told of much at once, and how soon a change in HubSpot is here.
/// </summary>
internal sealed class WebhooksScenario : IScenario
{
    private const int Usual = 10_000;
    private const int Changes = 600;
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public string Name => "webhooks";

    public string Summary => "from a change in HubSpot to the row here: [--contacts N] [--workers N]";

    public async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var plan = new StagePlan(options.Contacts ?? Usual) { Workers = options.Workers, HasLimits = false };
        await using var stage = await Stage.StartAsync(plan, cancellationToken);
        await stage.Engine.ConnectAsync([], cancellationToken);
        await stage.Engine.RunAsync(RunDepth.Full, cancellationToken);
        await stage.NothingWaitsAsync(cancellationToken);
        await stage.Database.ExecuteAsync("analyze", cancellationToken);
        await stage.LimitAsync(cancellationToken);
        await stage.Engine.RunAsync(RunDepth.Changes, cancellationToken); // learns of the limits
        await using var portal = await stage.ServePortalAsync(cancellationToken);

        await MeasureChangesAsync(stage, portal, report, cancellationToken);
        await MeasureAnswersAsync(stage, portal, report, cancellationToken);
        report.Tell("peak memory of the portal", ProcessUse.Peak(portal.ProcessId), "MB");
    }

    /// <summary>Ten changes a second, each waited for on its own.</summary>
    private static async Task MeasureChangesAsync(
        Stage stage, ProgramServer portal, Report report, CancellationToken cancellationToken)
    {
        await stage.HubSpot.TellAsync(new Uri(portal.Address, "/hubspot/webhooks"), cancellationToken);
        var links = $"from record_links where kind = 'Contact' order by hubspot_id limit {Changes}";
        var ids = await stage.Database.ListAsync<long>($"select hubspot_id {links}", cancellationToken);
        var customers = await stage.Database.ListAsync<Guid>($"select local_id {links}", cancellationToken);
        await using var arrivals = new Arrivals(stage.Database);
        arrivals.Begin(cancellationToken);
        var started = Stopwatch.GetTimestamp();
        for (var at = 0; at < ids.Count; at++)
        {
            if ((Interval * at) - Stopwatch.GetElapsedTime(started) is { Ticks: > 0 } rest)
            {
                await Task.Delay(rest, cancellationToken);
            }

            var city = Arrivals.City(at);
            await stage.HubSpot.EditAsync(ids[at], "city", city, cancellationToken);
            arrivals.Expect(customers[at], city);
        }

        var times = await arrivals.AllAsync(cancellationToken);
        report.AtMost("change to row: p50", times.At(0.50), "ms", 150);
        report.AtMost("change to row: p99", times.At(0.99), "ms", 1000);
        report.Tell("change to row: slowest", times.Most, "ms");
    }

    private static async Task MeasureAnswersAsync(
        Stage stage, ProgramServer portal, Report report, CancellationToken cancellationToken)
    {
        var ids = await stage.Database.ListAsync<long>(
            "select hubspot_id from record_links where kind = 'Contact' order by hubspot_id", cancellationToken);
        using var flood = new Flood(new Uri(portal.Address, "/hubspot/webhooks"), ids);
        var (times, refused) = await flood.RunAsync(cancellationToken);
        report.AtMost("answer to 100 events, 10 at once: p99", times.At(0.99), "ms", 50);
        report.Tell("answer to 100 events: p50", times.At(0.50), "ms");
        report.Tell("answer to 100 events: slowest", times.Most, "ms");
        report.Tell("events a second", times.Count * Flood.Events / Flood.Time.TotalSeconds, "");
        report.AtMost("calls that were not taken", refused, "", 0);
    }
}
