namespace HubSpotSync.Benchmarks.Measuring;

/// <summary>Starts what it needs, measures, and ends all of it, whatever happens.</summary>
internal interface IScenario
{
    string Name { get; }

    /// <summary>What it measures, in one line, and which options it knows.</summary>
    string Summary { get; }

    Task RunAsync(Report report, BenchmarkOptions options, CancellationToken cancellationToken);
}
