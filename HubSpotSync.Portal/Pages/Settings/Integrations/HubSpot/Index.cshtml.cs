using HubSpotSync.HubSpotApi;
using HubSpotSync.Portal.Shell;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

internal sealed class HubSpotModel(WorkspaceShell shell, SyncFacts facts, IOptions<HubSpotOptions> hubSpot) : PageModel
{
    public ShellState State { get; private set; } = null!; // set by every handler

    public SyncCounts? Counts { get; private set; }

    public IReadOnlyList<RunRow> Runs { get; private set; } = [];

    public bool HasApp => hubSpot.Value.HasApp;

    /// <summary>The question of the page, answered in its title.</summary>
    public string Heading => (State.Connection, State.ActiveRun, Counts) switch
    {
        (null, _, _) => "HubSpot is not connected",
        ({ State: Data.Connections.ConnectionState.NeedsReconnection }, _, _) => "HubSpot needs to be reconnected",
        ({ State: Data.Connections.ConnectionState.Paused }, _, _) => "Syncing is paused",
        (_, { }, _) => "Syncing with HubSpot",
        ({ FirstRunDoneAt: null }, _, _) => "HubSpot is connected",
        (_, _, { Failing: > 0 and var failing }) =>
            $"{Words.Numbers.Of(failing, "record")} need{(failing == 1 ? "s" : "")} you",
        (_, _, { InSync: var all }) => $"All {Words.Numbers.Of(all, "record")} in sync",
        _ => "HubSpot",
    };

    public Task OnGetAsync(CancellationToken cancellationToken) => LoadAsync(cancellationToken);

    /// <summary>The same without the page around it, for when a run has ended.</summary>
    public async Task<IActionResult> OnGetOverviewAsync(CancellationToken cancellationToken)
    {
        await LoadAsync(cancellationToken);
        return Partial("_Overview", this);
    }

    private async Task LoadAsync(CancellationToken cancellationToken)
    {
        State = await shell.RequireAsync(cancellationToken);
        if (State.Connection is { } connection)
        {
            Counts = await facts.CountAsync(connection.Id, cancellationToken);
            Runs = await facts.ReadRunsAsync(5, cancellationToken);
        }
    }
}
