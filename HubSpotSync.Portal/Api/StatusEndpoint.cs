using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Progress;
using HubSpotSync.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api;

/// <summary>How the connection is doing, for programs.</summary>
internal static class StatusEndpoint
{
    public static void Map(IEndpointRouteBuilder endpoints)
    {
        endpoints.MapGet("/api/hubspot/status", ReadAsync).RequireAuthorization(Policies.Viewer);
        endpoints.MapGet("/api/hubspot/runs/{id:guid}/events", StreamAsync).RequireAuthorization(Policies.Viewer);
    }

    private static async Task<IResult> ReadAsync(
        WorkspaceShell shell, CrmDbContext db, TimeProvider clock, CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        var connection = state.Connection;
        return TypedResults.Ok(new
        {
            state = (connection?.State ?? ConnectionState.Disconnected).ToString(),
            reason = connection?.StateReason,
            since = connection?.StateSince,
            hubId = connection?.HubId,
            accountName = connection?.AccountName,
            mode = connection?.Mode.ToString(),
            lastSuccessAt = connection?.LastSuccessAt,
            customers = await db.Customers.CountAsync(customer => customer.ArchivedAt == null, cancellationToken),
            run = state.ActiveRun is { } run ? RunProgress.Of(run, clock.GetUtcNow()) : null,
        });
    }

    private static async Task<IResult> StreamAsync(
        Guid id, RunEvents events, CrmDbContext db, HttpContext context, CancellationToken cancellationToken)
    {
        if (!await db.Runs.AnyAsync(run => run.Id == id, cancellationToken))
        {
            return TypedResults.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events.StreamAsync(id, cancellationToken));
    }
}
