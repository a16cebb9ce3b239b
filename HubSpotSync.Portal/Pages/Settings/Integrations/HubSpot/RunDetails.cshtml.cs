using System.Globalization;
using HubSpotSync.Core.Records;
using HubSpotSync.Data.Runs;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Health;
using HubSpotSync.Portal.Progress;
using HubSpotSync.Portal.Runs;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>One run: live while it is on, then everything that it wrote and everything that it could not.</summary>
internal sealed class RunDetailsModel(
    RunList runs, RunJournal journal, RunFile file, ValueDictionary dictionary, WorkspaceShell shell) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "id")]
    public Guid Id { get; set; }

    [BindProperty(SupportsGet = true, Name = "show")]
    public string? Show { get; set; }

    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "side")]
    public string? Side { get; set; }

    public SyncRun Run { get; private set; } = null!; // set before the page is drawn

    public string Who { get; private set; } = "";

    public RunView View { get; private set; } = null!; // likewise

    public RunTotals Totals { get; private set; } = new(0, 0);

    public IReadOnlyList<RunChange> Changes { get; private set; } = [];

    public ValueWords Words { get; private set; } = null!; // set before changes are drawn

    public IReadOnlyList<RunFailure> Failures { get; private set; } = [];

    /// <summary>Where the list goes on; <c>null</c>: it ends here.</summary>
    public string? Older { get; private set; }

    public string Heading => Run switch
    {
        { IsActive: true } => $"{RunWords.Trigger(Run.Trigger)} is under way",
        { State: RunState.Failed } => $"{RunWords.Trigger(Run.Trigger)} failed",
        { State: RunState.Cancelled } => $"{RunWords.Trigger(Run.Trigger)} was stopped",
        { Failed: > 0 and var failed } =>
            $"{RunWords.Trigger(Run.Trigger)}: {Numbers.Of(failed, "record")} need{(failed == 1 ? "s" : "")} you",
        _ => $"{RunWords.Trigger(Run.Trigger)}: {Numbers.Of(Run.Processed, "record")} looked at",
    };

    public async Task<IActionResult> OnGetAsync(string? before, string? after, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        View = View with
        {
            Before = long.TryParse(before, NumberStyles.None, CultureInfo.InvariantCulture, out var id) ? id : null,
            After = OutcomeCursor.Read(after, isAfter: true),
        };
        Totals = await journal.CountAsync(View, cancellationToken);
        if (View.IsFailures)
        {
            var found = await journal.ReadFailuresAsync(View, cancellationToken);
            Failures = [.. found.Take(RunJournal.PageSize)];
            Older = found.Count <= RunJournal.PageSize ? null : (View with
            {
                After = new OutcomeCursor(Failures[^1].KindName, Failures[^1].Key, IsAfter: true),
            }).Href();
        }
        else
        {
            var found = await journal.ReadChangesAsync(View, cancellationToken);
            Changes = [.. found.Take(RunJournal.PageSize)];
            Words = await dictionary.ReadAsync(cancellationToken);
            Older = found.Count <= RunJournal.PageSize ? null : (View with { Before = Changes[^1].Id }).Href();
        }

        return Page();
    }

    public async Task<IActionResult> OnGetCsvAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        Response.ContentType = "text/csv; charset=utf-8";
        Response.Headers.ContentDisposition =
            $"attachment; filename=\"run-{(View.IsFailures ? "failures" : "changes")}.csv\"";
        await (View.IsFailures
            ? file.WriteFailuresAsync(View, Response.Body, cancellationToken)
            : file.WriteChangesAsync(View, Response.Body, cancellationToken));
        return new EmptyResult();
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        if (await runs.FindAsync(Id, cancellationToken) is not var (run, who))
        {
            return false;
        }

        var connection = (await shell.RequireAsync(cancellationToken)).Connection;
        (Run, Who) = (run, RunWords.Who(run, who));
        View = new RunView(Id, connection?.Id == run.ConnectionId ? connection : null)
        {
            IsFailures = Show == RunView.Failures,
            Kind = Enum.TryParse<RecordKind>(Kind, ignoreCase: true, out var kind) && Enum.IsDefined(kind)
                ? kind
                : null,
            Side = Side is "Local" or "HubSpot" ? Side : null,
        };
        return true;
    }
}
