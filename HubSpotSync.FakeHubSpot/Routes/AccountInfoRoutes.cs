using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Wire;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class AccountInfoRoutes
{
    private const int CallsADay = 650_000;

    public static void MapAccountInfo(this RouteGroupBuilder group)
    {
        group.MapGet("/details", Details).Needs("oauth");
        group.MapGet("/api-usage/daily/private-apps", Usage).Needs("oauth");
    }

    private static IResult Details(ApiCall call)
    {
        var offset = Offset(call, call.Clock.Now);
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
    private static IResult Usage(ApiCall call)
    {
        var now = call.Clock.Now;
        var local = now.ToOffset(Offset(call, now));
        return FakeJson.Ok(new PageBody<object>(
        [
            new
            {
                name = "private-apps-api-calls-daily",
                usageLimit = CallsADay,
                currentUsage = CallsToday(call),
                collectedAt = WireTime.Format(now),
                fetchStatus = "SUCCESS",
                resetsAt = WireTime.Format(local.AddDays(1) - local.TimeOfDay),
            },
        ]));
    }

    /// <summary>
    /// The one place that asks how many calls private apps made today: the fake has none but OAuth apps.
    /// </summary>
    private static int CallsToday(ApiCall call) => call.Settings.PrivateAppCallsToday;

    private static TimeSpan Offset(ApiCall call, DateTimeOffset now) =>
        TimeZoneInfo.FindSystemTimeZoneById(call.Account.TimeZone).GetUtcOffset(now);
}
