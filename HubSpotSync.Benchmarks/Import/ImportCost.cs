using HubSpotSync.Benchmarks.Stages;
using HubSpotSync.Data.Runs;

namespace HubSpotSync.Benchmarks.Import;

/// <summary>What the import of one account took.</summary>
/// <param name="Fewest">The requests that cannot be saved: pages of a hundred, with their links.</param>
/// <param name="Missing">Contacts and deals that are not here in the end.</param>
internal sealed record ImportCost(double Fewest, long Missing)
{
    private const int PageSize = 100;
    private const int RequestsInWindow = 110;
    private const int WindowSeconds = 10;

    public double Requests { get; private init; }

    public double Refused { get; private init; }

    public double Seconds { get; private init; }

    public double CpuSeconds { get; private init; }

    /// <summary>Megabytes.</summary>
    public double PeakMemory { get; private init; }

    /// <summary>As long as HubSpot lets the fewest requests take, with a full window at the start.</summary>
    public double LeastSeconds => Math.Max(1, Math.Floor((Fewest - 1) / RequestsInWindow) * WindowSeconds);

    public static async Task<ImportCost> MeasureAsync(
        int contacts, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        var deals = contacts * 3 / 10;
        var plan = new StagePlan(contacts) { Deals = deals, Workers = options.Workers, HasLimits = options.HasLimits };
        await using var stage = await Stage.StartAsync(plan, cancellationToken);
        await stage.Engine.ConnectAsync(stage.HubSpot, [], cancellationToken);
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
        return new ImportCost(Pages(contactsThere) + Pages(dealsThere), contactsThere + dealsThere - here)
        {
            Requests = requests.Total,
            Refused = requests.RateLimited,
            Seconds = time.TotalSeconds,
            CpuSeconds = stage.Workers.CpuSeconds - cpu,
            PeakMemory = stage.Workers.PeakMemory,
        };
    }

    private static int Pages(int count) => (count + PageSize - 1) / PageSize;
}
