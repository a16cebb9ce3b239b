using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Forms;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class RefundInvoiceModel(CrmDbContext db, PaymentBook book, WorkspaceToday today, TimeProvider clock)
    : MoneyModel(db, today, clock)
{
    public override bool IsRefund => true;

    protected override Task<Booking> BookAsync(MoneyMoved money, Guid by, CancellationToken cancellationToken) =>
        book.RefundAsync(Invoice.Id, money, by, cancellationToken);
}
