using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class DeleteInvoiceModel(CrmDbContext db, InvoiceBook book) : DeleteModel
{
    public override string What => "invoice";

    protected override string List => "/invoices";

    protected override async Task<bool?> IsDraftAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Invoices.Where(row => row.Id == id)
        .Select(row => (bool?)(row.Number == null))
        .FirstOrDefaultAsync(cancellationToken);

    protected override Task<Booking> DeleteAsync(Guid id, CancellationToken cancellationToken) =>
        book.DeleteDraftAsync(id, cancellationToken);
}
