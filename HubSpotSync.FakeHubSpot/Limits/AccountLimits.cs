using System.Collections.Concurrent;
using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Limits;

/// <summary>An OAuth app's limits, per account: the ten-second burst, and the search limit beside it.</summary>
internal sealed class AccountLimits(FakeSettings settings, FakeClock clock)
{
    private static readonly TimeSpan Burst = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(int PortalId, bool Search), RollingWindow> _windows = [];

    public void Count(FakeAccount account, bool search, IHeaderDictionary headers)
    {
        if (!settings.LimitsOn)
        {
            return;
        }

        var window = _windows.GetOrAdd(
            (account.PortalId, search), static key => new RollingWindow(key.Search ? Second : Burst));
        var limit = search ? settings.SearchLimit : settings.BurstLimit;
        var taken = window.TryTake(clock.Now, limit, out var remaining);
        if (!search)
        {
            headers["X-HubSpot-RateLimit-Max"] = Text(limit);
            headers["X-HubSpot-RateLimit-Remaining"] = Text(remaining);
            headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = Text((int)Burst.TotalMilliseconds);
        }

        if (!taken)
        {
            throw new RefusalException(429, search ? LimitBody.Search : LimitBody.Burst);
        }
    }

    public void Reset() => _windows.Clear();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
