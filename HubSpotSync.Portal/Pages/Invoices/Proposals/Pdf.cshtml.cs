using HubSpotSync.Data;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Pdf;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices.Proposals;

internal sealed class ProposalPdfModel(CrmDbContext db, WorkspaceToday today, TimeProvider clock) : PageModel
{
    public async Task<IActionResult> OnGetAsync(Guid id, CancellationToken cancellationToken)
    {
        var proposal = await db.Proposals.AsNoTracking()
            .Include(row => row.Lines)
            .FirstOrDefaultAsync(row => row.Id == id, cancellationToken);
        if (proposal is null)
        {
            return NotFound();
        }

        var paper = PaperViews.Of(proposal, await today.WorkspaceAsync(cancellationToken));
        return File(PaperPdf.Write(paper, clock.GetUtcNow()), PaperPdf.ContentType, PaperPdf.FileName(paper));
    }
}
