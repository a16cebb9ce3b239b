using System.Globalization;
using HubSpotSync.Benchmarks.Measuring;
using HubSpotSync.Benchmarks.Stages;

namespace HubSpotSync.Benchmarks.Import;

/// <summary>
/// Everything that an account holds, for the first time: at HubSpot's limits, and with <c>--limits off</c> as fast as
/// we can.
/// </summary>
internal sealed class ImportScenario : IScenario
{
    private const int Usual = 100_000;
    private const int Large = 1_000_000;
    private const int Small = 10_000;

    public string Name => "import";

    public string Summary => "an account's first import: [--contacts N] [--limits off] [--workers N]";

    public async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var contacts = options.Contacts ?? Usual;
        var cost = await ImportCost.MeasureAsync(contacts, options, cancellationToken);
        report.AtMost("records that did not come", cost.Missing, "", 0);
        report.AtMost("requests / fewest", cost.Requests / cost.Fewest, "", 1.03);
        report.AtMost("refused for asking too often", cost.Refused, "", 0);
        report.Tell("time", cost.Seconds, "s");
        if (options.HasLimits)
        {
            report.Tell("time that HubSpot's limit asks for", cost.LeastSeconds, "s");
            report.AtMost("time / that", cost.Seconds / cost.LeastSeconds, "", 1.05);
        }
        else
        {
            report.AtLeast("contacts a second", contacts / cost.Seconds, "", 15_000);
        }

        var per = string.Create(CultureInfo.InvariantCulture, $"CPU of the worker for {Usual:#,0} contacts");
        report.AtMost(per, cost.CpuSeconds * Usual / contacts, "s", 3);
        report.AtMost("peak memory of the worker", cost.PeakMemory, "MB", 160);
        if (!options.HasLimits && contacts >= Large)
        {
            var small = await ImportCost.MeasureAsync(Small, options, cancellationToken);
            report.Tell("peak memory of the worker with 10,000 contacts", small.PeakMemory, "MB");
            report.AtMost("peak memory / that", cost.PeakMemory / small.PeakMemory, "", 1.15);
        }
    }
}
