using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.OAuth;
using Microsoft.Extensions.Options;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>The app's own settings: the developer's key or a token of the app opens them, for this app only.</summary>
internal sealed class DeveloperAuthorization(Installations installations, IOptions<FakeOptions> options)
    : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (http.Request.Query["hapikey"] is not [{ Length: > 0 } key])
        {
            installations.Authenticate(http.Request.Headers.Authorization);
        }
        else if (key != options.Value.DeveloperKey)
        {
            throw Refuse.Unauthorized("INVALID_AUTHENTICATION", "The API key provided is invalid.");
        }

        var appId = (string?)http.Request.RouteValues["appId"];
        return appId == options.Value.AppId.ToString(CultureInfo.InvariantCulture)
            ? next(context)
            : throw Refuse.ResourceNotFound($"App {appId}");
    }
}
