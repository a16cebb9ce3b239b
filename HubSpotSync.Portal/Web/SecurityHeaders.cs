using HubSpotSync.HubSpotApi;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Web;

/// <summary>What a browser may do with our pages: nothing but our own files, in no frame.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<HubSpotOptions> hubSpot)
{
    // A redirect after a form counts as the form's target, and connecting ends at HubSpot.
    private readonly string _policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        + $"font-src 'self'; form-action 'self' {ConsentHosts(hubSpot.Value.AppUrl)}; "
        + "frame-ancestors 'none'; base-uri 'none'";

    public Task InvokeAsync(HttpContext context)
    {
        // At the last moment, because the error page starts from an empty response.
        context.Response.OnStarting(() =>
        {
            var headers = context.Response.Headers;
            headers.ContentSecurityPolicy = PolicyOf(context);
            headers.XContentTypeOptions = "nosniff";
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
            if (context.Request.IsHttps)
            {
                headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
            }

            if (headers.ContentType.ToString().StartsWith("text/html", StringComparison.Ordinal))
            {
                headers.CacheControl = "no-store";
            }

            return Task.CompletedTask;
        });
        return next(context);
    }

    private string PolicyOf(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<StylesItself>() is null)
        {
            return _policy;
        }

        var nonce = StylesItself.NonceOf(context) is { } own ? $" 'nonce-{own}'" : "";
        return _policy.Replace("script-src 'self';", $"script-src 'self'{nonce};", StringComparison.Ordinal)
            .Replace("style-src 'self';", "style-src 'self' 'unsafe-inline';", StringComparison.Ordinal);
    }

    // HubSpot itself sends people on to the host of their region, such as app-eu1.hubspot.com.
    private static string ConsentHosts(Uri appUrl) =>
        appUrl.Host.EndsWith(".hubspot.com", StringComparison.OrdinalIgnoreCase)
            ? "https://*.hubspot.com"
            : appUrl.GetLeftPart(UriPartial.Authority);
}
