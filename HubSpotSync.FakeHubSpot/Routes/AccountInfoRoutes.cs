using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Routes;

internal static class AccountInfoRoutes
{
    public static void MapAccountInfo(this RouteGroupBuilder group) => group.MapGet("/details", Details).Needs("oauth");

    private static IResult Details(ApiCall call)
    {
        var offset = TimeZoneInfo.FindSystemTimeZoneById(call.Account.TimeZone).GetUtcOffset(call.Clock.Now);
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
            createdAt = call.IsNewest ? WireTime.Format(call.Account.CreatedAt) : null,
        });
    }
}
