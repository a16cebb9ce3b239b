using System.Diagnostics;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Faults;
using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.OAuth;
using HubSpotSync.FakeHubSpot.Routes;

namespace HubSpotSync.FakeHubSpot.Control;

internal sealed class RequestLogMiddleware(RequestDelegate next, RequestLog log, FakeClock clock)
{
    private const string UnknownTemplate = "(unknown)";

    public async Task InvokeAsync(HttpContext http)
    {
        if (!ApiPath.IsApi(http.Request.Path))
        {
            await next(http);
            return;
        }

        http.Response.Headers.Date = clock.Now.ToString("R"); // the fake's own time, like all of its dates
        var endpoint = http.GetEndpoint();
        var (at, started) = (clock.Now, Stopwatch.GetTimestamp());
        try
        {
            await next(http);
        }
        finally
        {
            var unknown = endpoint?.Metadata.GetMetadata<UnknownRoute>() is not null;
            var request = new LoggedRequest(
                at, http.Request.Method, unknown ? UnknownTemplate : Template(endpoint), Status(http), unknown,
                http.Features.Get<Caller>()?.Account.PortalId, Limit(endpoint),
                http.Features.Get<LimitBody>()?.PolicyName, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            log.Add(request, unknown ? UnknownAddress.Of(http.Request.Method, http.Request.Path) : null);
        }
    }

    private static int Status(HttpContext http) =>
        http.Features.Get<DroppedConnection>() is null ? http.Response.StatusCode : 0;

    private static string Template(Endpoint? endpoint) =>
        (endpoint as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') ?? UnknownTemplate;

    private static string? Limit(Endpoint? endpoint) => endpoint?.Metadata.GetMetadata<CallPolicy>() switch
    {
        null => null,
        { IsSearch: true } => LimitBody.Search.PolicyName,
        _ => LimitBody.Burst.PolicyName,
    };
}
