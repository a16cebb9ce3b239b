using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Faults;
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

        var endpoint = http.GetEndpoint();
        var unknown = endpoint?.Metadata.GetMetadata<UnknownRoute>() is not null;
        try
        {
            await next(http);
        }
        finally
        {
            var route = unknown
                ? UnknownTemplate
                : (endpoint as RouteEndpoint)?.RoutePattern.RawText?.TrimEnd('/') ?? UnknownTemplate;
            var dropped = http.Features.Get<DroppedConnection>() is not null;
            log.Add(
                new LoggedRequest(
                    clock.Now, http.Request.Method, route, dropped ? 0 : http.Response.StatusCode, unknown));
        }
    }
}
