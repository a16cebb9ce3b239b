using Bogus;

namespace HubSpotSync.FakeHubSpot.Seeding;

/// <summary>Fixed times, so that the same seed gives the same data on any day.</summary>
internal static class SeedTime
{
    public static readonly DateTimeOffset First = new(2023, 2, 1, 8, 0, 0, TimeSpan.Zero);
    public static readonly DateTimeOffset Last = new(2025, 6, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Later records have later times; the middle third came in one import and shares one moment.</summary>
    public static DateTimeOffset Created(int index, int count)
    {
        var share = (double)index / Math.Max(1, count);
        var at = share is >= 0.33 and < 0.66 ? 0.5 : share;
        return First + TimeSpan.FromSeconds(Math.Floor(at * 0.9 * (Last - First).TotalSeconds));
    }

    public static DateTimeOffset After(Randomizer random, DateTimeOffset moment) =>
        moment + TimeSpan.FromMilliseconds(Math.Floor(random.Double() * (Last - moment).TotalMilliseconds));
}
