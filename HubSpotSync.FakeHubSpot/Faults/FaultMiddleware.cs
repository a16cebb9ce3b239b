using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;

namespace HubSpotSync.FakeHubSpot.Faults;

internal sealed class FaultMiddleware(RequestDelegate next, FaultScript script)
{
    public async Task InvokeAsync(HttpContext http)
    {
        if (!ApiPath.IsApi(http.Request.Path))
        {
            await next(http);
        }
        else if (script.Unreachable)
        {
            DroppedConnection.Drop(http);
        }
        else if (script.Take(http.Request.Method, http.Request.Path) is { } fault)
        {
            await PlayAsync(http, fault);
        }
        else
        {
            await next(http);
        }
    }

    private async Task PlayAsync(HttpContext http, Fault fault)
    {
        if (fault.Delay > TimeSpan.Zero)
        {
            await Task.Delay(fault.Delay, http.RequestAborted);
        }

        if (fault.OnlyDelay)
        {
            await next(http);
            return;
        }

        if (fault.AfterCommit)
        {
            await WorkUnheardAsync(http);
        }

        if (fault.Status is { } status)
        {
            await AnswerAsync(http, status, fault.RetryAfterSeconds);
        }
        else
        {
            DroppedConnection.Drop(http);
        }
    }

    private async Task WorkUnheardAsync(HttpContext http)
    {
        var answer = http.Response.Body;
        http.Response.Body = Stream.Null;
        await next(http);
        http.Response.Body = answer;
        http.Response.Clear();
    }

    private static async Task AnswerAsync(HttpContext http, int status, int? retryAfterSeconds)
    {
        var body = FaultBodies.For(status);
        http.Response.StatusCode = status;
        if (retryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await http.Response.WriteAsJsonAsync(body, body.GetType(), FakeJson.Options, http.RequestAborted);
    }
}
