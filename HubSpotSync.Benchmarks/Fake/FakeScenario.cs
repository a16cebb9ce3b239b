using HubSpotSync.Benchmarks.Measuring;

namespace HubSpotSync.Benchmarks.Fake;

/// <summary>Whether the fake is quick and small enough never to be what another scenario measures.</summary>
internal sealed class FakeScenario : IScenario
{
    private const int Many = 1_000_000;
    private const int Some = 100_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Time = TimeSpan.FromSeconds(8);

    public string Name => "fake";

    public string Summary => "the fake HubSpot itself: start, memory, pages a second";

    public async Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken)
    {
        await MeasureAsync(Some, "100k", report, cancellationToken);
        await MeasureAsync(Many, "1M", report, cancellationToken);
    }

    private static async Task MeasureAsync(
        int contacts, string size, Report report, CancellationToken cancellationToken)
    {
        await using var fake = await FakeProcess.StartAsync(contacts, cancellationToken);
        var calls = new FakeCalls(contacts);
        if (contacts == Some)
        {
            report.AtMost($"start with {size} contacts", fake.StartTime.TotalSeconds, "s", 5);
        }
        else
        {
            report.Tell($"start with {size} contacts", fake.StartTime.TotalSeconds, "s");
        }

        await Load.RateAsync(fake.Http, calls.Page, WarmUp, cancellationToken);
        report.AtLeast($"list pages of 100, {size}", await RateAsync(calls.Page), "/s", 1000);
        report.Tell($"batch reads of 100, {size}", await RateAsync(calls.BatchRead), "/s");
        report.Tell($"searches for what changed, {size}", await RateAsync(FakeCalls.SearchChanged), "/s");
        report.Tell($"batch updates of 100, {size}", await RateAsync(calls.BatchUpdate), "/s");
        if (contacts == Many)
        {
            report.AtMost($"resident memory with {size} contacts", ProcessUse.Resident(fake.ProcessId), "MB", 1500);
            report.AtMost($"peak memory with {size} contacts", ProcessUse.Peak(fake.ProcessId), "MB", 1500);
        }

        Task<double> RateAsync(Func<HttpRequestMessage> call) =>
            Load.RateAsync(fake.Http, call, Time, cancellationToken);
    }
}
