using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using Microsoft.AspNetCore.Mvc;

namespace HubSpotSync.Portal.Billing.Forms;

/// <summary>Edits a draft, and tells whoever saves second what the first one saved.</summary>
internal abstract class EditPaperModel(CrmDbContext db, EditorServices services) : EditorModel(services)
{
    public override bool IsNew => false;

    public override string Heading => "Edit the draft";

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        ModelState.Clear();
        if (await FindAsync(id, cancellationToken) is not { } paper)
        {
            return NotFound();
        }

        Input = PaperInput.Of(paper);
        return paper.Number is null ? await ShowAsync(cancellationToken) : Redirect(Back);
    }

    public async Task<IActionResult> OnPostAsync(Guid id, CancellationToken cancellationToken)
    {
        Input.Id = id;
        if (Read() is not { } values)
        {
            return await ShowAsync(cancellationToken);
        }

        var paper = await FindAsync(id, cancellationToken);
        switch (await Services.Drafts.SaveAsync(paper, Input, values, By, cancellationToken))
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
                return await ClashAsync(await FindAsync(id, cancellationToken), cancellationToken);
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
