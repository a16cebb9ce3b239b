using System.ComponentModel;
using HubSpotSync.Data;
using HubSpotSync.Data.Api;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Api.Http;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Progress;
using HubSpotSync.Portal.Shell;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Api.HubSpot;

internal sealed record RunsQuery : PageQuery;

/// <summary>How much a run that is asked for looks at.</summary>
internal enum AskedDepth
{
    Changes,
    Full,
}

internal sealed record SyncInput
{
    [Description("Changes (without it): what has changed since the last run; Full: every record.")]
    public AskedDepth Depth { get; init; }
}

/// <summary>Runs: asked for, listed, watched.</summary>
internal static class RunEndpoints
{
    public static void Map(RouteGroupBuilder group)
    {
        group.MapPost("/sync", SyncAsync)
            .As("sync", ApiScopes.HubSpotAdmin, "Sync now; a run that is under way is answered instead of a second one")
            .Produces<RunView>(StatusCodes.Status202Accepted)
            .MayBeRefused();
        group.MapGet("/runs", ListAsync)
            .As("listRuns", ApiScopes.HubSpotRead, "List runs, the last asked for first")
            .Produces<PageOf<RunView>>();
        group.MapGet("/runs/{id:guid}", ReadAsync)
            .As("getRun", ApiScopes.HubSpotRead, "Read a run")
            .Produces<RunView>();
        group.MapGet("/runs/{id:guid}/events", StreamAsync)
            .As("watchRun", ApiScopes.HubSpotRead, "Watch a run as server-sent events, progress and at last final")
            .Produces<RunProgress>(StatusCodes.Status200OK, "text/event-stream");
    }

    private static async Task<IResult> SyncAsync(
        JsonBody<SyncInput> input, SyncDesk desk, HttpContext http, CancellationToken cancellationToken)
    {
        var depth = input.Value.Depth == AskedDepth.Full ? RunDepth.Full : RunDepth.Changes;
        return await desk.RequestAsync(depth, http, cancellationToken);
    }

    private static async Task<IResult> ListAsync(
        [AsParameters] RunsQuery asked, CrmDbContext db, CancellationToken cancellationToken)
    {
        var (place, problem) = asked.Read("asked");
        if (problem is not null)
        {
            return problem;
        }

        var runs = db.Runs.AsNoTracking();
        if (place!.After is { Moment: var at, Id: var id }) // there without a problem
        {
            runs = runs.Where(row => row.RequestedAt <= at && (row.RequestedAt < at || row.Id.CompareTo(id) > 0));
        }

        var rows = await runs.OrderByDescending(row => row.RequestedAt).ThenBy(row => row.Id)
            .Take(place.Limit + 1)
            .ToListAsync(cancellationToken);
        return TypedResults.Ok(PageOf<RunView>.Of(
            rows, place, row => new ListCursor(ListCursor.KeyOf(row.RequestedAt), row.Id, IsAfter: true),
            page => [.. page.Select(RunView.Of)]));
    }

    private static async Task<IResult> ReadAsync(Guid id, CrmDbContext db, CancellationToken cancellationToken)
    {
        var run = await db.Runs.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        return run is null ? ApiProblem.NotFound() : TypedResults.Ok(RunView.Of(run));
    }

    private static async Task<IResult> StreamAsync(
        Guid id, RunEvents events, CrmDbContext db, HttpContext context, CancellationToken cancellationToken)
    {
        if (!await db.Runs.AnyAsync(run => run.Id == id, cancellationToken))
        {
            return ApiProblem.NotFound();
        }

        context.Response.Headers.CacheControl = "no-store";
        context.Response.Headers["X-Accel-Buffering"] = "no";
        return TypedResults.ServerSentEvents(events.StreamAsync(id, cancellationToken));
    }
}

/// <summary>Asks for a run, as the button does.</summary>
internal sealed class SyncDesk(CrmDbContext db, WorkspaceShell shell, RunRequests runs, AuditLog audit)
{
    public async Task<IResult> RequestAsync(RunDepth depth, HttpContext http, CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (state.Connection is not { State: ConnectionState.Connected } connection)
        {
            return SyncProblems.NotConnected();
        }

        if (connection.FirstRunDoneAt is null && state.ActiveRun is null)
        {
            return SyncProblems.NotStarted();
        }

        var run = await runs.RequestAsync(connection.Id, RunTrigger.Manual, depth, null, cancellationToken);
        audit.Add(null, "hubspot.sync_requested", subject: run.Id.ToString());
        await db.SaveChangesAsync(cancellationToken);
        http.Response.Headers.Location = RunView.PathOf(run.Id);
        return TypedResults.Accepted((string?)null, RunView.Of(run));
    }
}
