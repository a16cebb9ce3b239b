using HubSpotSync.Data.Api;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Connect;
using HubSpotSync.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.HubSpot;

/// <summary>The connection: how it is doing, how it begins, what it syncs, how it ends.</summary>
internal static class HubSpotEndpoints
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        var group = endpoints.MapApiGroup("/api/hubspot", "HubSpot");
        group.MapGet("/status", async (StatusReading reading, CancellationToken cancelled) =>
                TypedResults.Ok(await reading.ReadAsync(cancelled)))
            .As("getStatus", ApiScopes.HubSpotRead, "How the connection is doing")
            .Produces<StatusView>();
        group.MapGet("/auth/url", AuthUrl.ReadAsync)
            .As("getAuthUrl", ApiScopes.HubSpotAdmin, "Where connecting begins")
            .Produces<AuthUrlView>()
            .MayBeRefused();
        group.MapPost("/disconnect", DisconnectAsync)
            .As("disconnect", ApiScopes.HubSpotAdmin, "End the connection; customers and history stay")
            .Produces<DisconnectView>(StatusCodes.Status202Accepted)
            .MayBeRefused();
        group.MapGet("/settings", (SettingsDesk desk, HttpContext http, CancellationToken cancelled) =>
                desk.ReadAsync(http, cancelled))
            .As("getSettings", ApiScopes.HubSpotRead, "Who is synced, when and how")
            .Produces<SettingsView>()
            .MayBeRefused();
        group.MapPatch("/settings", (
                JsonBody<SettingsInput> input, SettingsDesk desk, HttpContext http, CancellationToken cancelled) =>
                desk.SaveAsync(input.Value, http, cancelled))
            .As("updateSettings", ApiScopes.HubSpotAdmin, "Change who is synced, when and how")
            .Produces<SettingsView>()
            .MayBeRefused()
            .WithIfMatch();
        RunEndpoints.Map(group);
        DuplicateEndpoints.Map(group);
    }

    private static async Task<IResult> DisconnectAsync(
        Disconnecting disconnecting, WorkspaceShell shell, CancellationToken cancellationToken)
    {
        var ended = await disconnecting.BeginAsync(null, cancellationToken);
        shell.Forget();
        var state = (await shell.RequireAsync(cancellationToken)).Connection?.State ?? ConnectionState.Disconnected;
        return ended || state == ConnectionState.Disconnecting
            ? TypedResults.Accepted((string?)null, new DisconnectView(state))
            : SyncProblems.NotConnected();
    }
}

internal sealed record DisconnectView(ConnectionState State);
