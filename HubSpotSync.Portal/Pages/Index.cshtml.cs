using HubSpotSync.Data.Connections;
using HubSpotSync.HubSpotApi;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Pages;

internal sealed class HomeModel(
    WorkspaceShell shell,
    SyncFacts facts,
    HomeFacts home,
    CustomerList customers,
    IOptions<HubSpotOptions> hubSpot) : PageModel
{
    public ShellState State { get; private set; } = null!; // set by the one handler

    public SyncCounts Counts { get; private set; } = new(0, 0, 0);

    public HomeDay Day { get; private set; } = null!; // likewise

    public IReadOnlyList<StageCount> Stages { get; private set; } = [];

    public int Total => Stages.Sum(stage => stage.Customers);

    public bool HasApp => hubSpot.Value.HasApp;

    public string Heading => (State.Connection, State.ActiveRun, Counts.Failing) switch
    {
        (null, _, _) => "Connect HubSpot to begin",
        ({ State: ConnectionState.NeedsReconnection }, _, _) => "HubSpot needs to be reconnected",
        ({ State: ConnectionState.Paused }, _, _) => "Syncing is paused",
        (_, { }, _) => "Syncing with HubSpot",
        ({ FirstRunDoneAt: null }, _, _) => "One step to your first sync",
        (_, _, > 0 and var failing) => $"{Numbers.Of(failing, "record")} need{(failing == 1 ? "s" : "")} you",
        _ when Day.Errands.Count > 0 => $"{Numbers.Of(Day.Errands.Count, "thing")} to look at",
        _ => "All is well",
    };

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        State = await shell.RequireAsync(cancellationToken);
        if (State.Connection is { } connection)
        {
            Counts = await facts.CountAsync(connection.Id, cancellationToken);
        }

        Day = await home.ReadAsync(Counts, cancellationToken);
        var stages = await customers.CountByStageAsync(CustomerQuery.Parse(null), cancellationToken);
        Stages = [.. stages.OrderByDescending(stage => stage.Customers)];
    }
}
