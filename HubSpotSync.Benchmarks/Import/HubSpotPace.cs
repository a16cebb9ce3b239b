namespace HubSpotSync.Benchmarks.Import;

/// <summary>What HubSpot's limits let one account read.</summary>
internal static class HubSpotPace
{
    private const int PageSize = 100;
    private const int RequestsInWindow = 110;
    private const int WindowSeconds = 10;

    /// <summary>The requests that cannot be saved: pages of a hundred, with their links.</summary>
    public static int Pages(int records) => (records + PageSize - 1) / PageSize;

    /// <summary>As long as so many requests take, with a full window at the start.</summary>
    public static double LeastSeconds(double requests) =>
        Math.Max(1, Math.Floor((requests - 1) / RequestsInWindow) * WindowSeconds);
}
