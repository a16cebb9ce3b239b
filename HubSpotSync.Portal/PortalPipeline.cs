using System.Globalization;
using HubSpotSync.Portal.Api;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Setup;
using HubSpotSync.Portal.Web;
using HubSpotSync.Portal.Webhooks;
using Microsoft.AspNetCore.Localization;

namespace HubSpotSync.Portal;

internal static class PortalPipeline
{
    public static void UsePortal(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = ErrorPage.WriteAsync,
            AllowStatusCode404Response = true,
        });
        app.UseStatusCodePagesWithReExecute("/status/{0}");
        app.UseWhen(
            context => context.IsApi(), programs => programs.UseStatusCodePages(ApiProblem.WriteStatusAsync));
        app.UseRequestLocalization(new RequestLocalizationOptions
        {
            DefaultRequestCulture = new RequestCulture(CultureInfo.InvariantCulture),
            RequestCultureProviders = [],
        });
        app.UseRouting();
        app.UseMiddleware<SetupGate>();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseRateLimiter();
    }

    public static void MapPortal(this WebApplication app)
    {
        app.MapStaticAssets().AllowAnonymous().ShortCircuit();
        app.MapRazorPages().WithStaticAssets();
        app.MapApi();
        SyncNowEndpoint.Map(app);
        WebhookEndpoint.Map(app);
    }
}
