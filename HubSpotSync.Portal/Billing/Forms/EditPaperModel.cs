using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>Edits a draft, and tells whoever saves second what the first one saved.</summary>
internal abstract class EditPaperModel(CrmDbContext db, EditorServices services) : EditorModel(services)
{
    private Paper? _paper;

    public override bool IsNew => false;

    public override string Heading => "Edit the draft";

    /// <summary>Every form of it is refused where the draft is not there, also one that saves nothing.</summary>
    public override async Task OnPageHandlerExecutionAsync(
        PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Input.Id = Guid.Parse((string)RouteData.Values["id"]!); // the route lets nothing else in
        _paper = await FindAsync(Input.Id, HttpContext.RequestAborted);
        if (_paper is null)
        {
            context.Result = NotFound();
            return;
        }

        await next();
    }

    public async Task<IActionResult> OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        Input = PaperInput.Of(_paper!);
        return _paper!.Number is null ? await ShowAsync(cancellationToken) : Redirect(Back);
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        if (Read() is not { } values)
        {
            return await ShowAsync(cancellationToken);
        }

        switch (await Services.Drafts.SaveAsync(_paper, Input, values, By, cancellationToken))
        {
            case DraftSaved.Done:
                TempData["Said"] = "Saved.";
                return Redirect(Back);
            case DraftSaved.Gone:
                return NotFound();
            case DraftSaved.NoDraft:
                Refusal = $"This {What} was sent meanwhile and stays as it was sent. Duplicate it to change it.";
                return await ShowAsync(cancellationToken);
            default:
                db.ChangeTracker.Clear();
                return await ClashAsync(await FindAsync(Input.Id, cancellationToken), cancellationToken);
        }
    }

    protected abstract Task<Paper?> FindAsync(Guid id, CancellationToken cancellationToken);

    private async Task<IActionResult> ClashAsync(Paper? theirs, CancellationToken cancellationToken)
    {
        if (theirs is null)
        {
            return NotFound();
        }

        Clash = new Clash(
            await Services.People.OfAsync(theirs.UpdatedBy, cancellationToken),
            theirs.UpdatedAt,
            Clash.Between(Input, PaperInput.Of(theirs), IsInvoice));
        Input.Version = theirs.Version; // saving again is then a decision, not an accident
        return await ShowAsync(cancellationToken);
    }
}
