using HubSpotSync.Core.Scheduling;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Schedules;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Rules;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>Who is synced, when and how. Everybody may look; admins change.</summary>
internal sealed class RulesModel(
    WorkspaceShell shell,
    StructureQuestions questions,
    ScopeEstimates estimates,
    RulesSaving saving,
    RuleHistory history,
    TimeProvider clock) : PageModel
{
    public const string Path = "/settings/integrations/hubspot/rules";
    private const string Overview = "/settings/integrations/hubspot";
    private static readonly TimeSpan StaysTrue = TimeSpan.FromMinutes(10);

    [BindProperty]
    public RulesInput Input { get; set; } = new();

    public HubSpotConnection Connection { get; private set; } = null!; // set before any handler goes on

    public KnownStructure? Structure { get; private set; }

    public ScopeEstimate Estimate { get; private set; } = null!; // set before the page is drawn

    public IReadOnlyList<RuleChanges> Changes { get; private set; } = [];

    public TimeZoneInfo Zone { get; private set; } = TimeZoneInfo.Utc;

    public bool IsAdmin => User.IsAtLeast(Data.Identity.WorkspaceRole.Admin);

    /// <summary>The rules as they are, in one line.</summary>
    public string Heading => RuleHeading.Of(Connection);

    public IReadOnlyList<DateTimeOffset> NextTimes =>
        Input.ToSchedule() is { } schedule ? CronTimes.NextOf(schedule.Cron, Zone, clock.GetUtcNow(), 3) : [];

    public string? ScheduleProblem => RulesCheck.Schedule(Input, Zone, clock.GetUtcNow());

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        Input = RulesInput.Of(Connection);
        if (Structure?.ReadAt is not { } read || clock.GetUtcNow() - read > StaysTrue)
        {
            await questions.AskForDefinitionsAsync(Connection.Id, cancellationToken);
        }

        return await DrawAsync(cancellationToken);
    }

    /// <summary>Whether the lists have come.</summary>
    public async Task<IActionResult> OnGetListsAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken) || Structure?.ReadAt is null)
        {
            return new NoContentResult();
        }

        Input = RulesInput.Of(Connection);
        return Partial("_RuleLists", this);
    }

    /// <summary>How many contacts the saved rules take, for those who may not change them.</summary>
    public async Task<IActionResult> OnGetScopeAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        Estimate = await estimates.OfAsync(Connection, Structure, SyncRules.Of(Connection), cancellationToken);
        return Partial("_RuleScope", Estimate);
    }

    /// <summary>How many contacts a choice that is not saved yet would bring.</summary>
    public async Task<IActionResult> OnPostScopeAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        if (!Request.Headers.ContainsKey("HX-Request"))
        {
            return await DrawAsync(cancellationToken);
        }

        Estimate = await estimates.OfAsync(
            Connection, Structure, Input.ToRules(Connection), cancellationToken);
        return Partial("_RuleScope", Estimate);
    }

    public async Task<IActionResult> OnPostTimesAsync(CancellationToken cancellationToken) =>
        await LoadAsync(cancellationToken) ? Partial("_RuleTimes", this) : Redirect(Overview);

    public async Task<IActionResult> OnPostReadAsync(CancellationToken cancellationToken)
    {
        if (await LoadAsync(cancellationToken))
        {
            await questions.AskForDefinitionsAsync(Connection.Id, cancellationToken);
            TempData["Said"] = "HubSpot is asked for its lists and properties again; this takes a few seconds.";
        }

        return Redirect(Path);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        Check();
        if (!ModelState.IsValid)
        {
            return await DrawAsync(cancellationToken);
        }

        var saved = await saving.SaveAsync(
            Connection.Id, Input.ToRules(Connection), Input.Seen, User.UserId(), cancellationToken);
        if (saved == RulesSaved.Clash)
        {
            ModelState.AddModelError(
                "",
                "Somebody changed the rules while this page was open, and nothing was saved. Your choices are still "
                + "below; what was changed meanwhile is at the end of the page. Save again to make yours count.");
            Input.Seen = SyncRules.Of(Connection).Fingerprint;
            ModelState.Remove($"{nameof(Input)}.{nameof(Input.Seen)}"); // the form shall say the new one
            return await DrawAsync(cancellationToken);
        }

        TempData["Said"] = Say(saved);
        return Redirect(saved is RulesSaved.RunFollows ? Overview : Path);
    }

    private static string Say(RulesSaved saved) => saved switch
    {
        RulesSaved.Unchanged => "Nothing was changed.",
        RulesSaved.Saved => "Saved. It counts from the next sync on.",
        RulesSaved.SavedBeforeFirstRun => "Saved. Nothing comes before you start the first sync.",
        RulesSaved.RunFollows => "Saved. Every record is looked at under the new rules now.",
        _ => "Saved. A sync is already under way; when it is done, another one follows by itself, so that your new "
            + "rules count for all.",
    };

    private void Check()
    {
        foreach (var (field, problem) in RulesCheck.Of(Input, Connection, Structure))
        {
            ModelState.AddModelError(field.Length == 0 ? "" : $"{nameof(Input)}.{field}", problem);
        }

        if (ScheduleProblem is { } schedule)
        {
            var field = Input.Schedule switch
            {
                ScheduleKind.Cron => nameof(Input.Cron),
                ScheduleKind.Hourly => nameof(Input.Minute),
                _ => nameof(Input.Time),
            };
            ModelState.AddModelError($"{nameof(Input)}.{field}", schedule);
        }
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (state.Connection is not { IsInUse: true } found)
        {
            return false;
        }

        (Connection, Zone) = (found, WorkspaceZone.Of(state.Workspace.TimeZone));
        Structure = await questions.FindAsync(found.Id, cancellationToken);
        return true;
    }

    private async Task<IActionResult> DrawAsync(CancellationToken cancellationToken)
    {
        Estimate = await estimates.OfAsync(Connection, Structure, Input.ToRules(Connection), cancellationToken);
        Changes = await history.ReadAsync(Connection, Structure, 10, cancellationToken);
        return Page();
    }
}
