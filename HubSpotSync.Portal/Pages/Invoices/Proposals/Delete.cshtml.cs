using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices.Proposals;

internal sealed class DeleteProposalModel(CrmDbContext db, ProposalBook book) : DeleteModel
{
    public override string What => "proposal";

    protected override string List => "/invoices/proposals";

    protected override async Task<bool?> IsDraftAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Proposals.Where(row => row.Id == id)
        .Select(row => (bool?)(row.Number == null))
        .FirstOrDefaultAsync(cancellationToken);

    protected override Task<Booking> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        book.DeleteDraftAsync(id, cancellationToken);
}
