using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.OAuth;

namespace HubSpotSync.FakeHubSpot.Api;

/// <summary>What every API call passes before it is heard: the wait, the token, the scopes, the limits.</summary>
internal sealed class GateMiddleware(
    RequestDelegate next, FakeSettings settings, Installations installations, AccountLimits limits)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (ApiPath.IsApi(http.Request.Path) && settings.LatencyMs > 0)
        {
            await Task.Delay(settings.LatencyMs, http.RequestAborted);
        }

        if (http.GetEndpoint()?.Metadata.GetMetadata<CallPolicy>() is { } policy)
        {
            var caller = installations.Authenticate(http.Request.Headers.Authorization);
            var needed = policy.AnyScopeOf(http.Request.RouteValues);
            if (!needed.Any(caller.Scopes.Contains))
            {
                throw Refuse.MissingScopes(needed);
            }

            limits.Count(caller, policy.IsSearch, http.Response.Headers);
            http.Features.Set(caller);
        }

        await next(http);
    }
}
