using System.Collections.Concurrent;
using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Limits;

/// <summary>
/// The ten-second burst of each app in each account, the daily budget the account's private apps share, and the
/// search limit all apps share.
/// </summary>
internal sealed class AccountLimits(FakeSettings settings, FakeClock clock)
{
    public static readonly TimeSpan BurstWindow = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan SearchWindow = TimeSpan.FromSeconds(1);

    private readonly ConcurrentDictionary<(int PortalId, string ClientId), RollingWindow> _bursts = [];
    private readonly ConcurrentDictionary<int, RollingWindow> _searches = [];
    private readonly ConcurrentDictionary<int, DailyBudget> _days = [];

    public void Count(Caller caller, bool search, IHeaderDictionary headers)
    {
        if (!settings.LimitsOn)
        {
            return;
        }

        if (search)
        {
            CountSearch(caller.Account);
        }
        else
        {
            CountBurst(caller, headers);
        }

        CountDay(caller, search ? null : headers);
    }

    /// <summary>The calls of private apps since midnight; OAuth apps have no daily budget.</summary>
    public int CallsToday(FakeAccount account) => Day(account).UsedOn(account.Today(clock.Now));

    public void Reset()
    {
        _bursts.Clear();
        _searches.Clear();
        _days.Clear();
    }

    private void CountSearch(FakeAccount account)
    {
        var window = _searches.GetOrAdd(account.PortalId, static _ => new RollingWindow(SearchWindow));
        if (!window.TryTake(clock.Now, settings.SearchLimit, out _))
        {
            throw new RefusalException(429, LimitBody.Search);
        }
    }

    private void CountBurst(Caller caller, IHeaderDictionary headers)
    {
        var window = _bursts.GetOrAdd(
            (caller.Account.PortalId, caller.Installation.ClientId), static _ => new RollingWindow(BurstWindow));
        var limit = caller.Installation.Tier?.PerTenSeconds ?? settings.BurstLimit;
        var taken = window.TryTake(clock.Now, limit, out var remaining);
        headers["X-HubSpot-RateLimit-Max"] = Text(limit);
        headers["X-HubSpot-RateLimit-Remaining"] = Text(remaining);
        headers["X-HubSpot-RateLimit-Interval-Milliseconds"] = Text((int)BurstWindow.TotalMilliseconds);
        if (!taken)
        {
            throw new RefusalException(429, LimitBody.Burst);
        }
    }

    private void CountDay(Caller caller, IHeaderDictionary? headers)
    {
        var account = caller.Account;
        if ((caller.Installation.Tier is { } tier ? tier.PerDay : settings.DailyLimit) is not { } limit)
        {
            return;
        }

        var taken = Day(account).TryTake(account.Today(clock.Now), limit, out var remaining);
        if (headers is not null)
        {
            headers["X-HubSpot-RateLimit-Daily"] = Text(limit);
            headers["X-HubSpot-RateLimit-Daily-Remaining"] = Text(remaining);
        }

        if (!taken)
        {
            throw new RefusalException(429, LimitBody.Daily);
        }
    }

    private DailyBudget Day(FakeAccount account) => _days.GetOrAdd(account.PortalId, static _ => new DailyBudget());

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
