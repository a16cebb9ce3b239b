using HubSpotSync.Data;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Pdf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class InvoicePdfModel(CrmDbContext db, WorkspaceToday today, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var invoice = await db.Invoices.AsNoTracking()
            .Include(row => row.Lines)
            .FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (invoice is null)
        {
            return NotFound();
        }

        var paper = PaperViews.Of(invoice, await today.WorkspaceAsync(cancellationToken));
        return File(PaperPdf.Write(paper, clock.GetUtcNow()), PaperPdf.ContentType, PaperPdf.FileName(paper));
    }
}
