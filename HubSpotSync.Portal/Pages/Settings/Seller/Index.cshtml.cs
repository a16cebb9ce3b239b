using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Access;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Settings.Seller;

internal sealed class WorkspaceModel(CrmDbContext db, DocumentNumbers numbers, AuditLog audit, PeopleNames people)
    : PageModel
{
    [BindProperty]
    public WorkspaceInput Input { get; set; } = new();

    public Clash? Clash { get; private set; }

    /// <summary>Whether an invoice has a number already: then the numbers just go on.</summary>
    public bool HasNumbers { get; private set; }

    public long NextNumber { get; private set; }

    public async Task OnGetAsync(CancellationToken cancellationToken)
    {
        ModelState.Clear();
        Input = WorkspaceInput.Of(await ReadAsync(cancellationToken));
    }

    public async Task<IActionResult> OnPostAsync(CancellationToken cancellationToken)
    {
        var workspace = await ReadAsync(cancellationToken);
        var before = WorkspaceInput.Of(workspace);
        if (workspace.Version != Input.Version)
        {
            return await ClashAsync(before, cancellationToken);
        }

        if (!Input.TakeOver(workspace, ModelState))
        {
            return Page();
        }

        audit.Add(User.UserId(), "workspace.changed", before: before, after: WorkspaceInput.Of(workspace));
        try
        {
            await db.SaveChangesAsync(cancellationToken);
        }
        catch (DbUpdateConcurrencyException)
        {
            db.ChangeTracker.Clear();
            return await ClashAsync(WorkspaceInput.Of(await ReadAsync(cancellationToken)), cancellationToken);
        }

        if (!HasNumbers && Input.ReadFirstNumber() is { } first)
        {
            await numbers.StartAtAsync(NumberedKind.Invoice, first, cancellationToken);
        }

        TempData["Said"] = "Saved. Papers that were sent keep what they said.";
        return RedirectToPage();
    }

    private async Task<Workspace> ReadAsync(CancellationToken cancellationToken)
    {
        HasNumbers = await db.Invoices.AnyAsync(invoice => invoice.Sequence != null, cancellationToken);
        NextNumber = await numbers.PeekAsync(NumberedKind.Invoice, cancellationToken);
        return await db.Workspaces.SingleAsync(cancellationToken);
    }

    private async Task<IActionResult> ClashAsync(WorkspaceInput theirs, CancellationToken cancellationToken)
    {
        var last = await db.Audit.AsNoTracking()
            .Where(entry => entry.Action == "workspace.changed")
            .OrderByDescending(entry => entry.At)
            .FirstOrDefaultAsync(cancellationToken);
        Clash = new Clash(
            await people.OfAsync(last?.UserId, cancellationToken), last?.At, WorkspaceInput.Between(Input, theirs));
        Input.Version = theirs.Version; // saving again is then a decision, not an accident
        return Page();
    }
}
