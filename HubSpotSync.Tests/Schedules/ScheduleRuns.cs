using System.Collections.Concurrent;
using System.Globalization;

namespace HubSpotSync.Tests.Schedules;

/// <summary>Many schedules, a few lanes at once.</summary>
public static class ScheduleRuns
{
    public const int Steps = 60;
    private const int Lanes = 4;
    private const int SaysSoEach = 100;

    /// <summary>Runs the seeds from the first one on and writes down what is wrong.</summary>
    /// <param name="print">Also what was done in each schedule.</param>
    /// <returns>How many were not good.</returns>
    public static async Task<int> RunAsync(
        int count, int firstSeed, bool print, TextWriter output, CancellationToken cancellationToken)
    {
        var seeds = new ConcurrentQueue<int>(Enumerable.Range(firstSeed, count));
        var (done, bad) = (0, 0);
        var gate = new SemaphoreSlim(1);
        var lanes = Enumerable.Range(0, Math.Min(Lanes, count)).Select(_ => Task.Run(
            async () =>
            {
                await using var lane = await Lane.StartAsync();
                while (!cancellationToken.IsCancellationRequested && seeds.TryDequeue(out var seed))
                {
                    var verdict = await new Schedule(lane, seed, Steps).RunAsync();
                    await gate.WaitAsync(cancellationToken);
                    bad += verdict.IsGood ? 0 : 1;
                    await WriteAsync(verdict, print, output);
                    if (++done % SaysSoEach == 0)
                    {
                        await output.WriteLineAsync(string.Create(
                            CultureInfo.InvariantCulture, $"{done} of {count} schedules are done, {bad} went wrong"));
                    }

                    gate.Release();
                }
            },
            cancellationToken));
        await Task.WhenAll(lanes);
        return bad;
    }

    private static async Task WriteAsync(Verdict verdict, bool print, TextWriter output)
    {
        if (verdict.IsGood && !print)
        {
            return;
        }

        await output.WriteLineAsync(string.Create(
            CultureInfo.InvariantCulture, $"seed {verdict.Seed}, {verdict.Time.TotalSeconds:0.0} s"));
        foreach (var line in verdict.History)
        {
            await output.WriteLineAsync($"  {line}");
        }

        foreach (var wrong in verdict.Wrong)
        {
            await output.WriteLineAsync($"  WRONG {wrong}");
        }
    }
}
