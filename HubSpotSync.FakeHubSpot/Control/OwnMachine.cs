using System.Net;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>
/// Whether a call comes from this machine, and not from a page of another site in a browser that runs on it.
/// </summary>
internal static class OwnMachine
{
    public static bool Asks(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } address
            && IPAddress.IsLoopback(address)
            && IsOwnOrigin(http.Request);

    private static bool IsOwnOrigin(HttpRequest request) =>
        request.Headers.Origin is not [{ } origin]
            || (Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
}
