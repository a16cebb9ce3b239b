using HubSpotSync.Data;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Access;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

internal sealed class FilterModel(CrmDbContext db, RunRequests runs, AuditLog audit, TimeProvider clock) : PageModel
{
    private const string Overview = "/settings/integrations/hubspot";
    private HubSpotConnection? _connection;

    /// <summary><c>stages</c> or <c>all</c>.</summary>
    [BindProperty]
    public string Scope { get; set; } = "stages";

    [BindProperty]
    public List<string> Stages { get; set; } = [];

    public FilterView? View { get; private set; }

    public string? Problem { get; private set; }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        if (_connection is { StagesCountedAt: null, CountRequestedAt: null } connection)
        {
            connection.CountRequestedAt = clock.GetUtcNow();
            await db.SaveChangesAsync(cancellationToken);
        }

        return Page();
    }

    public async Task<IActionResult> OnGetCountsAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken))
        {
            // Nothing new to show: the page stays as it is, and nothing flickers.
            return View is { IsCounted: false, IsLate: false } ? new NoContentResult() : Partial("_Filter", this);
        }

        Response.Headers["HX-Redirect"] = Overview;
        return new NoContentResult();
    }

    public async Task<IActionResult> OnPostRecountAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken))
        {
            _connection!.CountRequestedAt = clock.GetUtcNow(); // loaded
            await db.SaveChangesAsync(cancellationToken);
        }

        return Redirect($"{Overview}/filter");
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        var (connection, view) = (_connection!, View!); // loaded
        var known = view.Options.Select(option => option.Value).ToHashSet(StringComparer.Ordinal);
        var chosen = Stages.Where(known.Contains).Distinct(StringComparer.Ordinal).ToArray();
        var takesAll = Scope == "all";
        Problem = ProblemOf(takesAll, chosen, Stages.TrueForAll(known.Contains));
        if (Problem is not null)
        {
            (view.Chosen, view.TakesAll) = (chosen, false);
            return Page();
        }

        var before = connection.LifecycleStages;
        connection.LifecycleStages = takesAll ? [] : chosen;
        connection.RulesChangedAt = clock.GetUtcNow();
        audit.Add(
            User.UserId(), "hubspot.filter_changed", $"hub {connection.HubId}",
            new { stages = before }, new { stages = connection.LifecycleStages });
        await db.SaveChangesAsync(cancellationToken);
        var trigger = connection.FirstRunDoneAt is null ? RunTrigger.Initial : RunTrigger.Rules;
        var run = await runs.RequestAsync(connection.Id, trigger, RunDepth.Full, User.UserId(), cancellationToken);
        if (run.StartedAt is not null)
        {
            TempData["Said"] = "Saved. A sync is already under way; when it is done, another one follows by itself, "
                + "so that your new choice counts for all.";
        }

        return Redirect(Overview);
    }

    private static string? ProblemOf(bool takesAll, string[] chosen, bool areAllKnown) => (takesAll, areAllKnown) switch
    {
        (true, _) => null,
        (_, false) =>
            "A stage that you chose is not in your HubSpot account any more. Look at the list and choose again.",
        _ => chosen.Length > 0 ? null : "Choose at least one stage, or take all contacts.",
    };

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        _connection = await db.Connections.FirstOrDefaultAsync(
            connection => connection.State == ConnectionState.Connected, cancellationToken);
        View = _connection is null ? null : new FilterView(_connection, clock.GetUtcNow());
        return _connection is not null;
    }
}
