namespace HubSpotSync.Benchmarks.Measuring;

/// <summary>Times that the same thing took again and again, in milliseconds.</summary>
internal sealed class Latencies(IEnumerable<TimeSpan> times)
{
    private readonly double[] _sorted = [.. times.Select(time => time.TotalMilliseconds).Order()];

    public int Count => _sorted.Length;

    public double Most => _sorted[^1];

    /// <summary>What this share of them did not exceed.</summary>
    public double At(double share) => _sorted[Math.Max(0, (int)Math.Ceiling(share * _sorted.Length) - 1)];
}
