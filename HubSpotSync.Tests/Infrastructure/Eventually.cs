using System.Diagnostics;

namespace HubSpotSync.Tests.Infrastructure;

/// <summary>Waits on conditions; nothing in the tests sleeps for a guessed time.</summary>
public static class Eventually
{
    /// <summary>Looks until the condition holds; fails with what was last seen.</summary>
    public static async Task<T> SeeAsync<T>(
        Func<Task<T>> look, Func<T, bool> condition, TimeSpan limit, string what)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            var seen = await look();
            if (condition(seen))
            {
                return seen;
            }

            if (Stopwatch.GetElapsedTime(started) > limit)
            {
                Assert.Fail($"Waited {limit.TotalSeconds:0} s for: {what}. Last seen: {seen}");
            }

            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
    }

    public static Task<bool> BeTrueAsync(Func<Task<bool>> look, TimeSpan limit, string what) =>
        SeeAsync(look, seen => seen, limit, what);

    /// <summary>Waits for a condition and, when its time is up, says what was last seen.</summary>
    public static async Task IsTrueAsync(Func<Task<bool>> condition, TimeSpan limit, Func<string> lastSeen)
    {
        ArgumentNullException.ThrowIfNull(lastSeen);
        await SeeAsync(
            async () => (IsTrue: await condition(), Seen: lastSeen()),
            look => look.IsTrue,
            limit,
            "the condition to hold");
    }

    public static Task IsTrueAsync(Func<bool> condition, TimeSpan limit, Func<string> lastSeen) =>
        IsTrueAsync(() => Task.FromResult(condition()), limit, lastSeen);
}
