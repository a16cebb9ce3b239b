using System.Net;
using HubSpotSync.FakeHubSpot.Api;
using HubSpotSync.FakeHubSpot.Webhooks;

namespace HubSpotSync.FakeHubSpot.Control;

/// <summary>Steering the fake from outside; only from this machine.</summary>
internal static class ControlRoutes
{
    public static void MapControl(this WebApplication app)
    {
        var control = app.MapGroup("/_fake").AddEndpointFilter(OnlyFromThisMachineAsync);
        control.MapGet("/state", StateEndpoint.Show);
        control.MapPost("/reset", SteeringEndpoints.Reset);
        control.MapPost("/clock", SteeringEndpoints.Advance);
        control.MapPut("/settings", SteeringEndpoints.ChangeSettings);
        control.MapPost("/faults", FaultEndpoints.Add);
        control.MapGet("/faults", FaultEndpoints.Show);
        control.MapDelete("/faults", FaultEndpoints.Clear);
        control.MapDelete("/faults/{id:int}", FaultEndpoints.Remove);
        control.MapPut("/unreachable", FaultEndpoints.SetUnreachable);
        control.MapWebhookControl();

        var objects = control.MapGroup("/accounts/{portalId:int}/objects/{type}");
        objects.MapGet("", DumpEndpoint.WriteAsync);
        objects.MapPost("", PersonEndpoints.CreateAsync);
        objects.MapPatch("/{id}", PersonEndpoints.EditAsync);
        objects.MapDelete("/{id}", PersonEndpoints.Archive);
        objects.MapPost("/{id}/restore", PersonEndpoints.Restore);
        objects.MapPut("/required", SteeringEndpoints.Require);
        objects.MapPut("/required-if", SteeringEndpoints.RequireIf);
        objects.MapPost("/merge", PersonEndpoints.MergeAsync);
    }

    private static async ValueTask<object?> OnlyFromThisMachineAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var address = context.HttpContext.Connection.RemoteIpAddress;
        return address is not null && IPAddress.IsLoopback(address)
            ? await next(context)
            : FakeJson.Answer(403, new ErrorBody("The control API answers only on this machine.", "FORBIDDEN"));
    }
}
