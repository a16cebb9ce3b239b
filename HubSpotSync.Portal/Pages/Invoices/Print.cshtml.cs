using HubSpotSync.Data;
using HubSpotSync.Portal.Billing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class PrintInvoiceModel(CrmDbContext db, WorkspaceToday today) : PageModel
{
    public Guid Id { get; private set; }

    public PaperView Paper { get; private set; } = null!; // set by the handler, or 404

    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var invoice = await db.Invoices.AsNoTracking()
            .Include(row => row.Lines)
            .FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (invoice is null)
        {
            return NotFound();
        }

        (Id, Paper) = (id, PaperViews.Of(invoice, await today.WorkspaceAsync(cancellationToken)));
        return Page();
    }
}
