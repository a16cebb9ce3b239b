using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi;
using HubSpotSync.Portal.Health;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Pages.Settings.Integrations;

internal sealed class IntegrationsModel(
    WorkspaceShell shell,
    HealthFacts facts,
    IOptions<HubSpotOptions> hubSpot) : PageModel
{
    public HubSpotConnection? Connection { get; private set; }

    public HealthLine? Health { get; private set; }

    public bool HasApp => hubSpot.Value.HasApp;

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        Connection = (await shell.RequireAsync(cancellationToken)).Connection;
        Health = Connection is null ? null : await facts.LineAsync(Connection, cancellationToken);
    }
}
