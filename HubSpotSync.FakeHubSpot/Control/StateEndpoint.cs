using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Control;

internal static class StateEndpoint
{
    public static IResult Show(
        FakeAccounts accounts,
        Installations installations,
        RequestLog log,
        FakeSettings settings,
        FaultScript faults,
        UnexpectedErrors errors,
        FakeClock clock) =>
        FakeJson.Ok(new
        {
            now = WireTime.Format(clock.Now),
            settings = SettingsBody.Of(settings),
            faults = new { pending = faults.Pending, unreachable = faults.Unreachable },
            accounts = accounts.All.Select(
                account => AccountSummary.Of(account, installations.ActiveIn(account.PortalId)))
                .ToList(),
            requests = new
            {
                total = log.Total,
                unknownRoutes = log.Unknown,
                unexpectedErrors = errors.Count,
                rateLimited = log.Refusals.Values.Sum(),
                byRoute = log.Counts,
            },
        });
}
