using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Web;
#if ENGINE_ASPIRE
using Scalar.AspNetCore;
#endif

namespace HubSpotSync.Portal.Api.Docs;

/// <summary>The OpenAPI document, and the page on which people read it and try it out.</summary>
internal static class DocsEndpoints
{
    public const string Document = "/openapi/v1.json";

    private const string Page =
        """
        <!doctype html>
        <html lang="en">
        <head>
          <meta charset="utf-8">
          <meta name="viewport" content="width=device-width, initial-scale=1">
          <title>API · HubSpotSync</title>
          <link rel="icon" href="/favicon.svg" type="image/svg+xml">
          <script src="/lib/scalar.js" defer></script>
          <script src="/js/scalar.js" defer></script>
        </head>
        <body><div id="reference" data-document="/openapi/v1.json"></div></body>
        </html>
        """;

    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapOpenApi("/openapi/{documentName}.json").RequireAuthorization(ApiPolicies.Anybody);
#if ENGINE_ASPIRE
        endpoints.MapScalarApiReference("/scalar", (options, http) =>
            {
                (options.Telemetry, options.DefaultFonts, options.HideClientButton) = (false, false, true);
                options.Nonce = StylesItself.NonceFor(http); // its page has a script of its own in it
            })
            .WithMetadata(new StylesItself())
            .RequireAuthorization(Policies.Viewer);
#else
        endpoints.MapGet("/scalar", () => TypedResults.Content(Page, "text/html; charset=utf-8"))
            .ExcludeFromDescription()
            .WithMetadata(new StylesItself())
            .RequireAuthorization(Policies.Viewer);
#endif
    }
}
