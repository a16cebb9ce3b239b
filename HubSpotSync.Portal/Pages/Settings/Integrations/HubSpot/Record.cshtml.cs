using HubSpotSync.Core.Records;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Customers;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Why;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>
/// How one record stands with HubSpot, why, and what would change that. Everybody may look; members decide.
/// </summary>
internal sealed class RecordModel(
    WorkspaceShell shell, Standings standings, Conflicts conflicts, RecordChanges changes, RecordSteps steps,
    StructureQuestions structure, TimeProvider clock) : PageModel
{
    [BindProperty(SupportsGet = true, Name = "kind")]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "key")]
    public string? Key { get; set; }

    /// <summary>Whoever came from the record's own page goes back there.</summary>
    [BindProperty(SupportsGet = true, Name = "back")]
    public bool GoesBack { get; set; }

    public Standing Standing { get; private set; } = null!; // set before the page is drawn

    public Explanation Why { get; private set; } = null!; // likewise

    public IReadOnlyList<OpenConflict> Open { get; private set; } = [];

    public IReadOnlyList<PastConflict> Past { get; private set; } = [];

    public ChangePage Changes { get; private set; } = new([], null);

    public long? Before { get; private set; }

    public IReadOnlyList<FieldStanding> Fields { get; private set; } = [];

    public string Answer => Standing switch
    {
        { IsSetApart: true } => ReasonWords.Say(Core.Planning.OutcomeReason.SetApart, null, Standing.Connection),
        { Outcome: { } outcome } => ReasonWords.Say(outcome.Reason, outcome.Detail, Standing.Connection),
        { Kind: RecordKind.Contact } => "Not looked at yet. The next sync looks at it.",
        _ => "Only here: it came by no sync, and is not sent to HubSpot.",
    };

    public async Task<IActionResult> OnGetAsync(long? before, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        var known = await structure.FindAsync(Standing.Connection.Id, cancellationToken);
        Why = Explanation.Of(Standing, list => RuleWords.ListName(list, known), clock.GetUtcNow());
        Open = await conflicts.OpenAsync(Standing, cancellationToken);
        Past = await conflicts.PastAsync(Standing, cancellationToken);
        Before = before;
        Changes = await changes.ReadAsync(Standing, Standing.Map, before, cancellationToken);
        Fields = FieldStanding.Of(Standing);
        return Page();
    }

    public async Task<IActionResult> OnPostSyncAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        await steps.SyncAsync(Standing, User.UserId(), cancellationToken);
        return Said(Standing.Connection.State == ConnectionState.Connected
            ? "Both sides are looked at now."
            : "It is looked at as soon as HubSpot is connected again.");
    }

    public async Task<IActionResult> OnPostDetachAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken)
            ? Said(await steps.SetApartAsync(Standing, User.UserId(), cancellationToken)
                ? "Detached. Nothing is written on either side any more; both records stay as they are."
                : "Nothing was done: it is not linked, or somebody detached it already.")
            : NotFound();

    public async Task<IActionResult> OnPostAttachAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken)
            ? Said(await steps.TakeBackAsync(Standing, User.UserId(), cancellationToken)
                ? "Attached again. What was edited on either side meanwhile is brought together now."
                : "Nothing was done: it is not detached.")
            : NotFound();

    /// <param name="side"><c>here</c> or <c>there</c>: whose value it shall be.</param>
    public async Task<IActionResult> OnPostDecideAsync(string field, string side, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        var isDecided = side is "here" or "there"
            && await conflicts.DecideAsync(Standing, field ?? "", side == "here", User.UserId(), cancellationToken);
        return Said(isDecided
            ? "Decided. The other value is kept below."
            : "Nothing was done: somebody has decided about this field already.");
    }

    public async Task<IActionResult> OnPostUseAsync(long entry, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return NotFound();
        }

        if (await conflicts.UseOtherAsync(Standing, entry, cancellationToken) is { } problem)
        {
            TempData["Refused"] = problem;
            return Redirect(Standing.Address.Href);
        }

        return Said("The other value is here now, and goes to HubSpot like any edit.");
    }

    private RedirectResult Said(string said)
    {
        TempData["Said"] = said;
        return Redirect(GoesBack && Standing.Local?.Href is { } href ? href : Standing.Address.Href);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var connection = (await shell.RequireAsync(cancellationToken)).Connection;
        var found = connection is not null && RecordAddress.Read(Kind, Key) is { } address
            ? await standings.FindAsync(connection, address, cancellationToken)
            : null;
        Standing = found!; // a page without it is not drawn
        return found is not null;
    }
}
