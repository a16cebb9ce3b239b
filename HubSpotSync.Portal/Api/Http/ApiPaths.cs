namespace HubSpotSync.Portal.Api.Http;

/// <summary>Where programs call: they get answers that programs read, and no page.</summary>
internal static class ApiPaths
{
    public static bool IsApi(this HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        || context.Request.Path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);
}
