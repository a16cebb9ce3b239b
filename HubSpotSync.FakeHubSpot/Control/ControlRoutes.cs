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
        control.MapGet("/clock", SteeringEndpoints.ShowClock);
        control.MapPost("/clock", SteeringEndpoints.Advance);
        control.MapGet("/requests", RequestEndpoints.Show);
        control.MapDelete("/requests", RequestEndpoints.Clear);
        control.MapPut("/settings", SteeringEndpoints.ChangeSettings);
        control.MapPost("/faults", FaultEndpoints.Add);
        control.MapGet("/faults", FaultEndpoints.Show);
        control.MapDelete("/faults", FaultEndpoints.Clear);
        control.MapDelete("/faults/{id:int}", FaultEndpoints.Remove);
        control.MapPut("/unreachable", FaultEndpoints.SetUnreachable);
        control.MapWebhookControl();

        control.MapGet("/accounts", AccountEndpoints.List);
        control.MapPost("/accounts", AccountEndpoints.AddAsync);
        MapAccount(control.MapGroup("/accounts/{portalId:int}"));

        var objects = control.MapGroup("/accounts/{portalId:int}/objects/{type}");
        objects.MapGet("", DumpEndpoint.WriteAsync);
        objects.MapPost("", PersonEndpoints.CreateAsync);
        objects.MapPatch("/{id}", PersonEndpoints.EditAsync);
        objects.MapDelete("/{id}", PersonEndpoints.Archive);
        objects.MapPost("/{id}/restore", PersonEndpoints.Restore);
        objects.MapPost("/{id}/erase", PersonEndpoints.Erase);
        objects.MapPut("/{id}/associations/{toType}/{toId}", PersonEndpoints.Link);
        objects.MapDelete("/{id}/associations/{toType}/{toId}", PersonEndpoints.Unlink);
        objects.MapPost("/burst", BurstEndpoints.RunAsync);
        objects.MapPut("/required", SteeringEndpoints.Require);
        objects.MapPut("/required-if", SteeringEndpoints.RequireIf);
        objects.MapPost("/merge", PersonEndpoints.MergeAsync);
    }

    private static void MapAccount(RouteGroupBuilder account)
    {
        account.MapDelete("", AccountEndpoints.Remove);
        account.MapGet("/snapshots", AccountEndpoints.Snapshots);
        account.MapPut("/snapshots/{name}", AccountEndpoints.Keep);
        account.MapPost("/snapshots/{name}/restore", AccountEndpoints.Restore);
        account.MapDelete("/snapshots/{name}", AccountEndpoints.Forget);
        account.MapGet("/installations", InstallationEndpoints.List);
        account.MapPost("/installations", InstallationEndpoints.AddAsync);
        account.MapPost("/private-apps", PrivateAppEndpoints.AddAsync);
        account.MapDelete("/private-apps/{token}", PrivateAppEndpoints.Remove);
        account.MapPost("/installations/expire", InstallationEndpoints.Expire);
        account.MapPost("/installations/revoke", InstallationEndpoints.Revoke);
        account.MapPost("/installations/uninstall", InstallationEndpoints.Uninstall);
        account.MapPost("/installations/remove-scopes", InstallationEndpoints.RemoveScopes);
    }

    /// <summary>Nor do pages of other sites reach it through a browser on this machine.</summary>
    private static async ValueTask<object?> OnlyFromThisMachineAsync(
        EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        OwnMachine.Asks(context.HttpContext)
            ? await next(context)
            : FakeJson.Answer(403, new ErrorBody("The control API answers only on this machine.", "FORBIDDEN"));
}
