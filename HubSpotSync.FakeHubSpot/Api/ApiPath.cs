namespace HubSpotSync.FakeHubSpot.Api;

internal static class ApiPath
{
    /// <summary>
    /// Everything but the fake's own pages, its health and its control: what a client takes for HubSpot.
    /// </summary>
    public static bool IsApi(PathString path) =>
        path != "/"
            && path != "/alive"
            && path != "/health"
            && path != "/favicon.ico"
            && path != "/fake.css"
            && !path.StartsWithSegments("/_fake");
}
