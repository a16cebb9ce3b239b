namespace HubSpotSync.Core.Scheduling;

/// <summary>How long to wait before trying again.</summary>
public static class Backoff
{
    /// <summary>
    /// Doubles from <paramref name="first"/> up to <paramref name="most"/>, less up to half of it by chance, so that
    /// many who failed together do not come back together.
    /// </summary>
    /// <param name="attempt">0 for the first wait.</param>
    /// <param name="jitter">From 0 to 1, drawn by the caller.</param>
    public static TimeSpan Delay(int attempt, TimeSpan first, TimeSpan most, double jitter)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(attempt);
        var full = Math.Min(most.TotalMilliseconds, first.TotalMilliseconds * Math.Pow(2, Math.Min(attempt, 30)));
        return TimeSpan.FromMilliseconds(full * (1 - (jitter / 2)));
    }
}
