using Bogus;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>Up to ten more calls within 24 hours, each at a moment drawn from the seed.</summary>
internal static class RetryPlan
{
    public const int MostRetries = 10;
    public static readonly TimeSpan LongestWait = TimeSpan.FromHours(24) / MostRetries;

    /// <summary>Null when it has been tried often enough.</summary>
    public static DateTimeOffset? Next(Delivery failed, DateTimeOffset now, int seed)
    {
        if (failed.Attempt >= MostRetries)
        {
            return null;
        }

        var share = new Randomizer(unchecked(seed + (int)failed.Events[0].EventId + failed.Attempt)).Double();
        return now + TimeSpan.FromSeconds(1) + (share * (LongestWait - TimeSpan.FromSeconds(1)));
    }
}
