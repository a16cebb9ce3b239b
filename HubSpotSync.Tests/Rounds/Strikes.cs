using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Schedules;

namespace HubSpotSync.Tests.Rounds;

/// <summary>Makes a fault happen and lets the world heal.</summary>
internal sealed class Strikes(Cluster cluster, Witness witness, RoundPlan plan, TimeProvider clock)
{
    /// <summary>
    /// How long work may lie in dead hands: the lease, and generous seconds for a machine that is busy with other
    /// tests. What it would do on an idle one, the benchmark <c>resume</c> measures.
    /// </summary>
    public static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(6 + 30);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(8);

    /// <param name="victim">The worker that it hits, where it hits one.</param>
    /// <param name="release">Lets go of whoever was held for the strike.</param>
    /// <param name="over">Ends with the work.</param>
    public async Task<Struck> StrikeAsync(string victim, Func<ValueTask> release, Task over)
    {
        var struck = new Struck(clock.GetUtcNow());
        switch (plan.Strike)
        {
            case Strike.WorkerKilled or Strike.AnswerLostAndWorkerKilled:
                struck = struck with { Gone = [victim] };
                await cluster.KillAsync(victim);
                break;
            case Strike.WorkerFrozen:
                var frozen = await FreezeAsync(victim, release, over);
                return struck with { At = frozen, Gone = [victim], Healed = frozen }; // others need not wait for it
            case Strike.AllWorkersKilled:
                struck = struck with { Gone = [.. cluster.Workers.Keys] };
                await Task.WhenAll(struck.Gone.Select(cluster.KillAsync));
                await cluster.StaffAsync(new[] { 1, 2, 4 }[plan.Variant % 3]);
                break;
            case Strike.RedisKilled:
                await cluster.Redis.KillAsync();
                await release();
                await GoOnAsync(plan.Variant % 2 * 4, over);
                await cluster.Redis.StartAgainAsync(CancellationToken.None);
                break;
            case Strike.RedisFrozen:
                using (new PausedProcess(cluster.Redis.ProcessId!.Value)) // it runs
                {
                    await release();
                    await GoOnAsync(4, over);
                }

                break;
            case Strike.PostgresCrashed:
                await cluster.CrashPostgresAsync();
                break;
            default:
                struck = struck with { Redone = 1 + (plan.Variant % 3) };
                await CutSessionsAsync(struck.Redone, release, over);
                break;
        }

        await release();
        return struck with { Healed = clock.GetUtcNow() };
    }

    /// <summary>
    /// Stops a worker until others have taken from it all that it held, and for half of the rounds until all is done.
    /// </summary>
    /// <returns>When it stood still.</returns>
    private async Task<DateTimeOffset> FreezeAsync(string victim, Func<ValueTask> release, Task over)
    {
        using (new PausedProcess(cluster.Workers[victim].Id))
        {
            var at = clock.GetUtcNow();
            await release();
            while (Left(await witness.ReadAsync(), victim, at) is { Length: > 0 } left)
            {
                if (clock.GetUtcNow() - at > RecoveryLimit)
                {
                    throw new TimeoutException($"nobody takes from {victim}, which is frozen: {left}");
                }

                await Task.Delay(LookAgain);
            }

            if (plan.Variant % 2 == 0)
            {
                await Task.WhenAny(over, Task.Delay(RecoveryLimit));
            }

            return at;
        }
    }

    /// <summary>What nobody has taken since. What was on its way to Postgres may still have been answered.</summary>
    private static string Left(List<Seen> log, string victim, DateTimeOffset at) => string.Join(
        ", ",
        from held in Witness.HeldAt(log, at)
        where held.Value.App == victim
        where !log.Exists(
            seen => seen.Key == held.Key && seen.At > at && (seen.App != victim || seen.Act == Act.Answered))
        select held.Key);

    private async Task CutSessionsAsync(int times, Func<ValueTask> release, Task over)
    {
        for (var i = 0; i < times; i++)
        {
            await GoOnAsync(i == 0 ? 0 : 3, over);
            await cluster.Database.ExecuteAsync(
                """
                select pg_terminate_backend(pid) from pg_stat_activity
                  where datname = current_database() and application_name like 'worker-%'
                """);
            await release();
        }
    }

    /// <summary>Waits until so many more requests were made, or it takes too long for that.</summary>
    private async Task GoOnAsync(int requests, Task over)
    {
        var before = cluster.Requests.Total;
        var late = Task.WhenAny(over, Task.Delay(LongestFreeze));
        await Moment.SeeAsync(() => cluster.Requests.Total - before >= requests, late);
    }
}

internal sealed record Struck(DateTimeOffset At)
{
    /// <summary>When everything was there again, or had somebody in its place.</summary>
    public DateTimeOffset Healed { get; init; }

    /// <summary>Workers whose work others have to take.</summary>
    public IReadOnlyList<string> Gone { get; init; } = [];

    /// <summary>How often work may have to be done once more.</summary>
    public int Redone { get; init; } = 1;
}
