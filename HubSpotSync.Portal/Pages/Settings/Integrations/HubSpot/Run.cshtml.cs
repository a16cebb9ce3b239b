using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Progress;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>Takes the buttons that start and stop a sync; has no face of its own.</summary>
internal sealed class RunModel(
    CrmDbContext db,
    WorkspaceShell shell,
    ConnectionRegistry registry,
    RunRequests runs,
    RunSteps steps,
    AuditLog audit,
    TimeProvider clock) : PageModel
{
    /// <summary>How long the engine takes a person's word for what it would have stopped.</summary>
    private static readonly TimeSpan WordHolds = TimeSpan.FromHours(1);

    private const string Overview = "/settings/integrations/hubspot";

    public IActionResult OnGet() => Redirect(Overview);

    public Task<IActionResult> OnPostSyncAsync(CancellationToken cancellationToken) =>
        RequestAsync(RunDepth.Changes, cancellationToken);

    /// <summary>Looks at every record, not at those alone that changed.</summary>
    public Task<IActionResult> OnPostReconcileAsync(CancellationToken cancellationToken) =>
        RequestAsync(RunDepth.Full, cancellationToken);

    public async Task<IActionResult> OnPostPauseAsync(CancellationToken cancellationToken)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellationToken);
        if (await FindAsync(ConnectionState.Connected, cancellationToken) is { } connection
            && await registry.PauseAsync(connection.Id, cancellationToken))
        {
            audit.Add(User.UserId(), "hubspot.paused", $"hub {connection.HubId}");
            await db.SaveChangesAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
            TempData["Said"] = "Syncing is paused. Changes on both sides are noted and go on when you resume.";
        }

        return Redirect(Overview);
    }

    public async Task<IActionResult> OnPostResumeAsync(CancellationToken cancellationToken)
    {
        if (await FindAsync(ConnectionState.Paused, cancellationToken) is { } connection)
        {
            audit.Add(User.UserId(), "hubspot.resumed", $"hub {connection.HubId}");
            connection.Become(ConnectionState.Connected, null, clock.GetUtcNow());
            await db.SaveChangesAsync(cancellationToken);
            if (connection.FirstRunDoneAt is not null)
            {
                await runs.RequestAsync(
                    connection.Id, RunTrigger.Manual, RunDepth.Changes, User.UserId(), cancellationToken);
            }

            TempData["Said"] = "Syncing goes on; what changed meanwhile comes now.";
        }

        return Redirect(Overview);
    }

    private Task<HubSpotConnection?> FindAsync(ConnectionState state, CancellationToken cancellationToken) =>
        db.Connections.FirstOrDefaultAsync(one => one.State == state, cancellationToken);

    private async Task<IActionResult> RequestAsync(RunDepth depth, CancellationToken cancellationToken) =>
        await steps.StartAsync(depth, User.UserId(), cancellationToken) is (StartAnswer.NothingChosen, _)
            ? Redirect($"{Overview}/filter")
            : Redirect(Overview);

    /// <summary>What was stopped for safety is meant.</summary>
    public async Task<IActionResult> OnPostGoAheadAsync(CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (state.Connection is not { State: ConnectionState.Connected } shown)
        {
            return Redirect(Overview);
        }

        var connection = await db.Connections.SingleAsync(one => one.Id == shown.Id, cancellationToken);
        audit.Add(User.UserId(), "hubspot.safety_opened", subject: connection.SafetyHalt);
        (connection.SafetyHalt, connection.SafetyOpenUntil) = (null, clock.GetUtcNow() + WordHolds);
        await db.SaveChangesAsync(cancellationToken);
        await runs.RequestAsync(connection.Id, RunTrigger.Manual, RunDepth.Full, User.UserId(), cancellationToken);
        return Redirect(Overview);
    }

    public async Task<IActionResult> OnPostStopAsync(CancellationToken cancellationToken)
    {
        await steps.StopAsync(User.UserId(), cancellationToken);
        return Request.Headers.ContainsKey("HX-Request") ? new NoContentResult() : Redirect(Overview);
    }
}
