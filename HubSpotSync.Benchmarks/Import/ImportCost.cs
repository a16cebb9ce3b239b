using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.Data.Runs;

namespace HubSpotSync.Benchmarks.Import;

/// <summary>What the import of one account took.</summary>
/// <param name="Fewest">The requests that cannot be saved.</param>
/// <param name="Missing">Contacts and deals that are not here in the end.</param>
internal sealed record ImportCost(double Fewest, long Missing)
{
    public double Requests { get; private init; }

    public double Refused { get; private init; }

    public double Seconds { get; private init; }

    public double CpuSeconds { get; private init; }

    /// <summary>Megabytes.</summary>
    public double PeakMemory { get; private init; }

    /// <summary>As long as HubSpot lets the fewest requests take.</summary>
    public double LeastSeconds => HubSpotPace.LeastSeconds(Fewest);

    public static async Task<ImportCost> MeasureAsync(
        int contacts, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var deals = contacts * 3 / 10;
        var plan = new StagePlan(contacts) { Deals = deals, Workers = options.Workers, HasLimits = options.HasLimits };
        await using var stage = await Stage.StartAsync(plan, cancellationToken);
        await stage.Engine.ConnectAsync([], cancellationToken);
        await stage.QuietAsync(cancellationToken);
        await stage.HubSpot.ForgetRequestsAsync(cancellationToken);
        var cpu = stage.Workers.CpuSeconds;

        var time = await stage.Engine.RunAsync(RunDepth.Full, cancellationToken);

        var requests = await stage.HubSpot.ReadRequestsAsync(cancellationToken);
        var (contactsThere, dealsThere) = (
            await stage.HubSpot.CountAsync("contacts", cancellationToken),
            await stage.HubSpot.CountAsync("deals", cancellationToken));
        var here = await stage.Database.ScalarAsync<long>(
            "select (select count(*) from customers) + (select count(*) from deals)", cancellationToken);
        return new ImportCost(
            HubSpotPace.Pages(contactsThere) + HubSpotPace.Pages(dealsThere),
            contactsThere + dealsThere - here)
        {
            Requests = requests.Total,
            Refused = requests.RateLimited,
            Seconds = time.TotalSeconds,
            CpuSeconds = stage.Workers.CpuSeconds - cpu,
            PeakMemory = stage.Workers.PeakMemory,
        };
    }
}
