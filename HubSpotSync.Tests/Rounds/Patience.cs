using System.Diagnostics;
using HubSpotSync.Data;

namespace HubSpotSync.Tests.Rounds;

/// <summary>What programs do whose database is away for a moment: they try again.</summary>
internal static class Patience
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <param name="ask">May be done twice: whether it was done when the connection broke is not known.</param>
    public static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (Exception error) when (error.IsDatabaseAway() && Stopwatch.GetElapsedTime(started) < Limit)
            {
                await Task.Delay(20);
            }
        }
    }
}
