using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Journal;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Health;
using HubSpotSync.Portal.Rules;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>Whether all is well, and if not, why: by cause, with what would put it right.</summary>
internal sealed class HealthModel(WorkspaceShell shell, OutcomeList outcomes, HealthFacts facts, TimeProvider clock)
    : PageModel
{
    public const string Path = "/settings/integrations/hubspot/health";

    public HubSpotConnection? Connection { get; private set; }

    public IReadOnlyList<OutcomeCount> Counts { get; private set; } = [];

    public IReadOnlyList<Cause> Failing { get; private set; } = [];

    public IReadOnlyList<Cause> Excluded { get; private set; } = [];

    public QueueFacts Queue { get; private set; } = new(0, 0, 0, null, 0, null);

    public Chart? Usage { get; private set; }

    public Chart? Waits { get; private set; }

    public Chart? Runs { get; private set; }

    public IReadOnlyList<UsageHour> LastDay { get; private set; } = [];

    /// <summary>What HubSpot said today of its limit a day.</summary>
    public DailyLimit? Day { get; private set; }

    public bool MayRetry => User.IsAtLeast(WorkspaceRole.Member);

    public string Heading => (Connection, Of(OutcomeState.Failing), Of(OutcomeState.InSync)) switch
    {
        (null, _, _) => "HubSpot is not connected",
        ({ State: ConnectionState.NeedsReconnection }, _, _) => "HubSpot needs to be reconnected",
        ({ State: ConnectionState.Paused }, _, _) => "Syncing is paused",
        (_, > 0 and var failing, _) => $"{Numbers.Of(failing, "record")} need{(failing == 1 ? "s" : "")} you",
        (_, _, 0) => "Nothing is synced yet",
        var (_, _, all) => $"All {Numbers.Of(all, "record")} in sync",
    };

    public int Of(OutcomeState state) =>
        Counts.Where(count => count.State == state.ToString()).Sum(count => count.Records);

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (state.Connection is not { } connection)
        {
            return;
        }

        Connection = connection;
        Counts = await outcomes.CountAsync(connection.Id, cancellationToken);
        (Failing, Excluded) = (Cause.Of(Counts, OutcomeState.Failing), Cause.Of(Counts, OutcomeState.Excluded));
        Day = await facts.DayAsync(connection, cancellationToken);
        Queue = await facts.QueueAsync(connection.Id, cancellationToken);
        var zone = WorkspaceZone.Of(state.Workspace.TimeZone);
        var charts = new HealthCharts(zone, clock.GetUtcNow());
        LastDay = await facts.UsageAsync(connection.Id, charts.SinceHour, cancellationToken);
        Usage = charts.Usage(LastDay);
        Waits = charts.Waits(await facts.WaitsAsync(connection.Id, charts.SinceHour, cancellationToken));
        Runs = charts.Runs(await facts.RunsAsync(connection.Id, charts.SinceDay, zone.Id, cancellationToken));
    }

    /// <summary>What was given up is tried again.</summary>
    public async Task<IActionResult> OnPostTryAgainAsync(CancellationToken cancellationToken)
    {
        if ((await shell.RequireAsync(cancellationToken)).Connection is { } connection)
        {
            var records = await outcomes.AskParkedAsync(connection.Id, cancellationToken);
            TempData["Said"] = $"{Numbers.Of(records, "record")} {(records == 1 ? "is" : "are")} tried again now.";
        }

        return Redirect(Path);
    }
}
