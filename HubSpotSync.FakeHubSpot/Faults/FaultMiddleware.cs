using System.Globalization;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Limits;
using HubSpotSync.FakeHubSpot.OAuth;

namespace HubSpotSync.FakeHubSpot.Faults;

internal sealed class FaultMiddleware(RequestDelegate next, FaultScript script, Installations installations)
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
        else if (script.Take(http.Request.Method, http.Request.Path, () => PortalOf(http)) is { } fault)
        {
            await PlayAsync(http, fault);
        }
        else
        {
            await next(http);
        }
    }

    private int? PortalOf(HttpContext http) =>
        installations.FindAccess(Tokens.In(http.Request.Headers.Authorization))?.Installation.PortalId;

    private Task PlayAsync(HttpContext http, Fault fault) => fault.Answer switch
    {
        FaultAnswer.Slowly => AlteredAnswer.SlowlyAsync(http, next, fault.Delay),
        FaultAnswer.Half => AlteredAnswer.HalfAsync(http, next),
        FaultAnswer.PartOfBatch => PartialBatch.PlayAsync(http, next, fault.FailedRows),
        _ => ReplaceAsync(http, fault),
    };

    private async Task ReplaceAsync(HttpContext http, Fault fault)
    {
        await WaitAsync(http, fault.Delay);
        if (fault.Answer == FaultAnswer.AsItIs)
        {
            await next(http);
            return;
        }

        if (fault.AfterCommit)
        {
            await AlteredAnswer.UnheardAsync(http, next);
        }

        await WaitAsync(http, fault.Hang);
        switch (fault.Answer)
        {
            case FaultAnswer.Drop:
                DroppedConnection.Drop(http);
                break;
            case FaultAnswer.Html:
                http.Response.StatusCode = fault.Status;
                http.Response.ContentType = "text/html; charset=utf-8";
                await http.Response.WriteAsync(FaultBodies.Page(fault.Status), http.RequestAborted);
                break;
            default:
                await RefuseAsync(http, fault);
                break;
        }
    }

    private static async Task RefuseAsync(HttpContext http, Fault fault)
    {
        var body = FaultBodies.For(fault);
        http.Features.Set(body as LimitBody);
        http.Response.StatusCode = fault.Status;
        if (fault.RetryAfterSeconds is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        await http.Response.WriteAsJsonAsync(body, body.GetType(), FakeJson.Options, http.RequestAborted);
    }

    private static Task WaitAsync(HttpContext http, TimeSpan time) =>
        time > TimeSpan.Zero ? Task.Delay(time, http.RequestAborted) : Task.CompletedTask;
}
