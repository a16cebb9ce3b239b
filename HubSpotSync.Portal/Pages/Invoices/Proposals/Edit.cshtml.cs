using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices.Proposals;

internal sealed class EditProposalModel(CrmDbContext db, EditorServices services) : EditPaperModel(db, services)
{
    private readonly CrmDbContext _db = db;

    public override bool IsInvoice => false;

    protected override async Task<Paper?> FindAsync(Guid id, CancellationToken cancellationToken) => await _db.Proposals
        .Include(proposal => proposal.Lines)
        .FirstOrDefaultAsync(proposal => proposal.Id == id, cancellationToken);
}
