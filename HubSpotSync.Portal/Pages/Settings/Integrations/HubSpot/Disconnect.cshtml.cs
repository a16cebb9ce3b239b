using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>Says what ends and what stays, and asks. The worker does the rest.</summary>
internal sealed class DisconnectModel(
    WorkspaceShell shell, CrmDbContext db, AuditLog audit, TimeProvider clock) : PageModel
{
    public const string Overview = "/settings/integrations/hubspot";

    public HubSpotConnection? Connection { get; private set; }

    public int Customers { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        Customers = await db.Customers.CountAsync(customer => customer.ArchivedAt == null, cancellationToken);
        return Connection is null or { State: ConnectionState.Disconnecting } ? Redirect(Overview) : Page();
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var connection = await db.Connections.FirstOrDefaultAsync(
            one => one.State == ConnectionState.Connected || one.State == ConnectionState.NeedsReconnection
                || one.State == ConnectionState.Paused,
            cancellationToken);
        if (connection is not null)
        {
            connection.Become(ConnectionState.Disconnecting, null, clock.GetUtcNow());
            audit.Add(User.UserId(), "hubspot.disconnected", $"hub {connection.HubId}");
            await db.SaveChangesAsync(cancellationToken);
        }

        return Redirect(Overview);
    }
}
