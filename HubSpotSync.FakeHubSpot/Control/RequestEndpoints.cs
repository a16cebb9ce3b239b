using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Store;

namespace HubSpotSync.FakeHubSpot.Control;

internal static class RequestEndpoints
{
    public static IResult Show(RequestLog log, FakeAccounts accounts) => FakeJson.Ok(new
    {
        total = log.Total,
        unknownRoutes = log.UnknownRoutes,
        rateLimited = log.Refusals,
        busiest = accounts.All.Select(account => new
        {
            portalId = account.PortalId,
            callsInTenSeconds = log.MostIn(account.PortalId, search: false),
            searchesInOneSecond = log.MostIn(account.PortalId, search: true),
        }),
        byRoute = log.Counts,
        recent = log.Recent.Select(request => new
        {
            at = WireTime.Format(request.At),
            method = request.Method,
            route = request.Route,
            status = request.Status,
            portalId = request.PortalId,
            countsAs = request.CountsAs,
            refusedBy = request.RefusedBy,
            milliseconds = Math.Round(request.Milliseconds, 1),
        }),
    });

    public static IResult Clear(RequestLog log)
    {
        log.Reset();
        return FakeJson.NoContent;
    }
}
