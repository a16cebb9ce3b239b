using System.Diagnostics;

namespace HubSpotSync.Benchmarks.Stages;

/// <summary>Waits on conditions, looking seldom enough not to be measured itself.</summary>
internal static class Wait
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public static async Task UntilAsync(
        Func<Task<bool>> condition, TimeSpan longest, string what, CancellationToken cancellationToken)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await condition())
        {
            if (Stopwatch.GetElapsedTime(started) > longest)
            {
                throw new TimeoutException($"Waited {longest.TotalSeconds:0} s for {what}.");
            }

            await Task.Delay(Interval, cancellationToken);
        }
    }
}
