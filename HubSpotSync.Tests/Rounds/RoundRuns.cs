using System.Collections.Concurrent;

namespace HubSpotSync.Tests.Rounds;

/// <summary>Many rounds, on a few clusters at once: most of a round is waiting for leases to end.</summary>
internal static class RoundRuns
{
    private const int Clusters = 3;

    public static async Task<IReadOnlyList<Outcome>> RunAsync(
        int count, int firstSeed, CancellationToken cancellationToken)
    {
        var seeds = new ConcurrentQueue<int>(Enumerable.Range(firstSeed, count));
        var outcomes = new ConcurrentBag<Outcome>();
        await Task.WhenAll(Enumerable.Range(0, Math.Min(Clusters, count)).Select(_ => Task.Run(
            async () =>
            {
                await using var cluster = await Cluster.StartAsync();
                while (!cancellationToken.IsCancellationRequested && seeds.TryDequeue(out var seed))
                {
                    outcomes.Add(await new Round(cluster, RoundPlan.Draw(seed)).RunAsync());
                }
            },
            cancellationToken)));
        return [.. outcomes.OrderBy(outcome => outcome.Plan.Seed)];
    }

    /// <summary>What is known of the rounds.</summary>
    /// <param name="withHistory">With all that happened.</param>
    public static string Tell(IEnumerable<Outcome> outcomes, bool withHistory)
    {
        using var text = new StringWriter();
        foreach (var outcome in outcomes)
        {
            text.WriteLine(outcome);
            foreach (var line in withHistory ? outcome.History : [])
            {
                text.WriteLine($"  {line}");
            }

            foreach (var wrong in outcome.Wrong)
            {
                text.WriteLine($"  WRONG {wrong}");
            }
        }

        return text.ToString();
    }
}
