using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Connections;
using HubSpotSync.Data.Identity;
using HubSpotSync.Data.Structure;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Mapping;
using HubSpotSync.Portal.Rules;
using HubSpotSync.Portal.Shell;
using HubSpotSync.Portal.Words;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;

namespace HubSpotSync.Portal.Pages.Settings.Integrations.HubSpot;

/// <summary>Which field goes with which, and which way. Everybody may look; admins change.</summary>
internal sealed class MappingModel(
    WorkspaceShell shell,
    StructureQuestions questions,
    SampleValues samples,
    FieldReach reach,
    UnmappedValues unmapped,
    OwnerMatches owners,
    MappingSaving saving) : PageModel
{
    public const string Path = "/settings/integrations/hubspot/mapping";
    private const string Overview = "/settings/integrations/hubspot";

    [BindProperty]
    public MappingInput Input { get; set; } = new();

    [BindProperty(SupportsGet = true, Name = "sample")]
    public long? Wanted { get; set; }

    [BindProperty(SupportsGet = true, Name = "find")]
    public string? Find { get; set; }

    public HubSpotConnection Connection { get; private set; } = null!; // set before any handler goes on

    public KnownStructure? Structure { get; private set; }

    public MappingForm Form { get; private set; } = null!; // likewise

    public Sample? Sample { get; private set; }

    public IReadOnlyList<SampleChoice> Found { get; private set; } = [];

    public Dictionary<string, int> Unmapped { get; private set; } = [];

    public IReadOnlyList<OwnerMatch> Owners { get; private set; } = [];

    /// <summary>What saving would change; <c>null</c>: nobody has asked to save yet.</summary>
    public IReadOnlyList<FieldChangeLine>? Changes { get; private set; }

    public bool IsAdmin => User.IsAtLeast(WorkspaceRole.Admin);

    public string Heading
    {
        get
        {
            var count = Form.ToInput().Fields.Count(line => line.Direction != FieldDirection.Off);
            var still = Connection.DisabledFields.Count;
            return $"{Numbers.Of(count, "field")} kept in step"
                + (still > 0 ? $", {Numbers.Count(still)} of them {(still == 1 ? "stands" : "stand")} still" : "");
        }
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        Input = Form.ToInput();
        if (Structure?.ReadAt is null)
        {
            await questions.AskForDefinitionsAsync(Connection.Id, cancellationToken);
        }

        await LookAsync(cancellationToken);
        return Wanted is not null && Sample is null ? NotFound() : Page();
    }

    /// <summary>The sample's values as soon as the worker has read them.</summary>
    public async Task<IActionResult> OnGetSampleAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return new NoContentResult();
        }

        Input = Form.ToInput();
        Sample = await samples.FindAsync(Connection, Structure, Wanted, cancellationToken);
        return Sample is null or { IsAwaited: true } ? new NoContentResult() : Partial("_MappingSamples", this);
    }

    public async Task<IActionResult> OnPostAddAsync(CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        if (Form.Add(Input) is { } problem)
        {
            ModelState.AddModelError("Input.Add", problem);
        }
        else
        {
            ModelState.Clear(); // the form shall say what was added
        }

        await LookAsync(cancellationToken);
        return Page();
    }

    /// <summary>Checks, and says whom it touches; nothing is saved yet.</summary>
    public Task<IActionResult> OnPostAsync(CancellationToken cancellationToken) =>
        CheckAsync(isConfirmed: false, cancellationToken);

    public Task<IActionResult> OnPostSaveAsync(CancellationToken cancellationToken) =>
        CheckAsync(isConfirmed: true, cancellationToken);

    private async Task<IActionResult> CheckAsync(bool isConfirmed, CancellationToken cancellationToken)
    {
        if (!await LoadAsync(cancellationToken))
        {
            return Redirect(Overview);
        }

        foreach (var (line, part, problem) in Form.Check(Input))
        {
            ModelState.AddModelError(line < 0 ? $"Input.{part}" : $"Input.Fields[{line}].{part}", problem);
        }

        if (ModelState.IsValid && isConfirmed)
        {
            return await SaveAsync(cancellationToken);
        }

        if (ModelState.IsValid)
        {
            Changes = await reach.OfAsync(Connection, Form.ToMapping(Input), cancellationToken);
        }

        await LookAsync(cancellationToken);
        return Page();
    }

    private async Task<IActionResult> SaveAsync(CancellationToken cancellationToken)
    {
        var saved = await saving.SaveAsync(
            Connection.Id, Form.ToMapping(Input), Input.Seen, User.UserId(), cancellationToken);
        if (saved == RulesSaved.Clash)
        {
            ModelState.Clear();
            ModelState.AddModelError(
                "",
                "Somebody changed the mapping while this page was open, and nothing was saved. "
                + "Below is what it is now.");
            Input = Form.ToInput();
            await LookAsync(cancellationToken);
            return Page();
        }

        TempData["Said"] = saved switch
        {
            RulesSaved.Unchanged => "Nothing was changed.",
            RulesSaved.SavedBeforeFirstRun => "Saved. Nothing comes before you start the first sync.",
            RulesSaved.RunFollows => "Saved. Every record is looked at with the new mapping now.",
            _ => "Saved. A sync is under way; when it is done, another one follows with the new mapping.",
        };
        return Redirect(Path);
    }

    private async Task<bool> LoadAsync(CancellationToken cancellationToken)
    {
        var state = await shell.RequireAsync(cancellationToken);
        if (state.Connection is not { IsInUse: true } found)
        {
            return false;
        }

        Connection = found;
        Structure = await questions.FindAsync(found.Id, cancellationToken);
        Form = new MappingForm(found, Structure);
        return true;
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        Sample = await samples.FindAsync(Connection, Structure, Wanted, cancellationToken);
        Owners = await owners.ReadAsync(Connection.Id, cancellationToken);
        Unmapped = await unmapped.CountAsync(Connection, cancellationToken);
        if (Find?.Trim() is { Length: > 1 } search)
        {
            Found = await samples.SearchAsync(Connection.Id, search, cancellationToken);
        }
    }
}
