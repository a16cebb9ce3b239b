using HubSpotSync.Tests.Infrastructure;
using HubSpotSync.Tests.Schedules;

namespace HubSpotSync.Tests.Rounds;

/// <summary>Makes a fault happen and lets the world heal.</summary>
internal sealed class Strikes(Cluster cluster, Witness witness, RoundPlan plan, TimeProvider clock)
{
    /// <summary>
    /// How long work may lie in dead hands: the lease, and generous seconds for a machine that is busy with other
    /// tests.
    /// </summary>
    public static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(6 + 15);

    private static readonly TimeSpan LookAgain = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan LongestFreeze = TimeSpan.FromSeconds(8);

    /// <param name="victim">The worker that it hits, where it hits one.</param>
    /// <param name="release">Lets go of whoever was held for the strike.</param>
    /// <param name="over">Ends with the work.</param>
    public async Task<Struck> StrikeAsync(string victim, Func<ValueTask> release, Task over)
    {
        var at = clock.GetUtcNow();
        var redone = 1;
        switch (plan.Strike)
        {
            case Strike.WorkerKilled or Strike.AnswerLostAndWorkerKilled:
                await cluster.KillAsync(victim);
                break;
            case Strike.WorkerFrozen:
                await FreezeAsync(victim, at, release, over);
                break;
            case Strike.AllWorkersKilled:
                await Task.WhenAll(cluster.Workers.Keys.ToList().Select(cluster.KillAsync));
                cluster.Staff(new[] { 1, 2, 4 }[plan.Variant % 3]);
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
                redone = 1 + (plan.Variant % 3);
                await CutSessionsAsync(redone, release, over);
                break;
        }

        await release();
        return new Struck(at, clock.GetUtcNow(), redone);
    }

    /// <summary>
    /// Stops a worker until others have taken from it all that it held, and for half of the rounds until all is done.
    /// </summary>
    private async Task FreezeAsync(string victim, DateTimeOffset at, Func<ValueTask> release, Task over)
    {
        using (new PausedProcess(cluster.Workers[victim].Id))
        {
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
        }
    }

    private static string Left(List<Seen> log, string victim, DateTimeOffset at) => string.Join(
        ", ",
        from held in Witness.HeldAt(log, at)
        where held.Value.App == victim
        where !log.Exists(seen => seen.Key == held.Key && seen.At > at && seen.App != victim)
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

/// <param name="Healed">When everything was there again, or had somebody in its place.</param>
/// <param name="Redone">How often work may have to be done once more.</param>
internal sealed record Struck(DateTimeOffset At, DateTimeOffset Healed, int Redone);
