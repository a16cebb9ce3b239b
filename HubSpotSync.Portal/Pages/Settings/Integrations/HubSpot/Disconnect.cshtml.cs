using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Connect;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>Says what ends and what stays, and asks. The worker does the rest.</summary>
internal sealed class DisconnectModel(
    WorkspaceShell shell, CrmDbContext db, Disconnecting disconnecting) : PageModel
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
        await disconnecting.BeginAsync(User.UserId(), cancellationToken);
        return Redirect(Overview);
    }
}
