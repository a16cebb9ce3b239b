using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace HubSpotSync.LocalStack.Dashboard;

/// <summary>
/// Any page open in the same browser can send requests to loopback. So: the Host must be ours (a rebound DNS name is
/// not), a changing request must come from our own origin and carry the token of this start, and nothing frames us.
/// </summary>
internal sealed class DashboardGuard(int port)
{
    private readonly string[] _hosts = [$"localhost:{port}", $"127.0.0.1:{port}", $"[::1]:{port}"];

    public string Token { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; form-action 'self'; "
            + "base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin"; // no-referrer would turn the Origin of our own forms to "null"
        headers.CacheControl = "no-store";
        if (!_hosts.Contains(context.Request.Host.Value, StringComparer.OrdinalIgnoreCase)
            || (!HttpMethods.IsGet(context.Request.Method) && !await IsOursAsync(context.Request)))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }

        await next(context);
    }

    private async Task<bool> IsOursAsync(HttpRequest request)
    {
        if (!HttpMethods.IsPost(request.Method)
            || !_hosts.Any(host => request.Headers.Origin == $"http://{host}")
            || !request.HasFormContentType)
        {
            return false;
        }

        var form = await request.ReadFormAsync(request.HttpContext.RequestAborted);
        return CryptographicOperations.FixedTimeEquals(
            Encoding.UTF8.GetBytes(form["token"].ToString()), Encoding.UTF8.GetBytes(Token));
    }
}
