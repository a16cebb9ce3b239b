using System.ComponentModel;
using HubSpotSync.Core.Planning;
using HubSpotSync.HubSpotApi;
using HubSpotSync.HubSpotApi.OAuth;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Connect;
using HubSpotSync.Portal.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Api.HubSpot;

internal sealed record AuthUrlQuery
{
    [FromQuery(Name = "mode")]
    [Description("TwoWay (without it), HubSpotIsSource or LocalIsSource.")]
    public string? Mode { get; init; }
}

/// <param name="Url">For a person's browser.</param>
/// <param name="EndsAt">When it is good no more; <c>null</c>: it stays.</param>
internal sealed record AuthUrlView(Uri Url, DateTimeOffset? EndsAt);

/// <summary>
/// Where connecting begins. A consent is bound to the person and the browser that began it, so a program gets the
/// portal's own page to send an admin to, and only an admin's own browser HubSpot's.
/// </summary>
internal sealed class AuthUrl(
    ConnectStates states, HubSpotOAuth oauth, PublicUrl publicUrl, IOptions<HubSpotOptions> hubSpot, TimeProvider clock)
{
    private const string ConnectPage = "/settings/integrations/hubspot/connect";
    private const string CallbackPath = "/hubspot/callback";

    public static Task<IResult> ReadAsync([AsParameters] AuthUrlQuery asked, AuthUrl url, HttpContext http) =>
        Task.FromResult(url.Read(asked.Mode ?? nameof(SyncMode.TwoWay), http));

    private IResult Read(string asked, HttpContext http)
    {
        if (!Enum.TryParse<SyncMode>(asked, ignoreCase: true, out var mode) || !Enum.IsDefined(mode)
            || !char.IsLetter(asked[0]))
        {
            return ApiProblem.Unreadable("mode", "This is none of TwoWay, HubSpotIsSource and LocalIsSource.");
        }

        if (!hubSpot.Value.HasApp)
        {
            return ApiProblem.Conflict(
                "no_app",
                "This installation has no HubSpot app yet. The operator sets HubSpot:ClientId and its secret.");
        }

        if (http.User.UserId() is not { } user || http.User.WorkspaceId() is not { } workspace)
        {
            return TypedResults.Ok(new AuthUrlView(publicUrl.Of(http.Request, ConnectPage), null));
        }

        var (state, nonce) = states.Create(user, workspace, mode);
        BrowserNonce.OfState.Set(http, nonce);
        return TypedResults.Ok(new AuthUrlView(
            oauth.AuthorizeUrl(mode, state, publicUrl.Of(http.Request, CallbackPath)),
            clock.GetUtcNow() + ConnectStates.Lifetime));
    }
}
