using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class EditInvoiceModel(CrmDbContext db, EditorServices services) : EditPaperModel(db, services)
{
    private readonly CrmDbContext _db = db;

    public override bool IsInvoice => true;

    protected override async Task<Paper?> FindAsync(Guid id, CancellationToken cancellationToken) => await _db.Invoices
        .Include(invoice => invoice.Lines)
        .FirstOrDefaultAsync(invoice => invoice.Id == id, cancellationToken);
}
