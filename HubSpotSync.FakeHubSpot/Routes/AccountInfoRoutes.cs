using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class AccountInfoRoutes
{
    public static void MapAccountInfo(this RouteGroupBuilder group)
    {
        group.MapGet("/details", Details).Needs("oauth");
        group.MapGet("/api-usage/daily/private-apps", Usage).Needs("oauth");
    }

    private static IResult Details(ApiCall call)
    {
        var offset = call.Account.Offset(call.Clock.Now);
        return FakeJson.Ok(new
        {
            portalId = call.Account.PortalId,
            accountType = "STANDARD",
            timeZone = call.Account.TimeZone,
            companyCurrency = call.Account.Currency,
            additionalCurrencies = (string[])["GBP", "JPY"],
            utcOffset = $"{(offset < TimeSpan.Zero ? "-" : "+")}{offset:hh\\:mm}",
            utcOffsetMilliseconds = (long)offset.TotalMilliseconds,
            uiDomain = "app.hubspot.com",
            dataHostingLocation = "na1",
            portalName = call.IsNewest ? call.Account.Name : null,
            createdAt = call.IsNewest ? call.Account.CreatedAt.ToUnixTimeMilliseconds() : (long?)null,
        });
    }

    /// <summary>The day ends at midnight where the account is.</summary>
    private static IResult Usage(ApiCall call, AccountLimits limits)
    {
        var now = call.Clock.Now;
        var local = now.ToOffset(call.Account.Offset(now));
        return FakeJson.Ok(new PageBody<object>(
        [
            new
            {
                name = "private-apps-api-calls-daily",
                usageLimit = call.Settings.DailyLimit ?? LimitTier.PrivateProfessional.PerDay,
                currentUsage = limits.CallsToday(call.Account),
                collectedAt = WireTime.Format(now),
                fetchStatus = "SUCCESS",
                resetsAt = WireTime.Format(local.AddDays(1) - local.TimeOfDay),
            },
        ]));
    }
}
