using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing;
using HubSpotSync.Portal.Billing.Forms;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class PayInvoiceModel(CrmDbContext db, PaymentBook book, WorkspaceToday today, TimeProvider clock)
    : MoneyModel(db, today, clock)
{
    public override bool IsRefund => false;

    protected override Task<Booking> BookAsync(MoneyMoved money, Guid by, CancellationToken cancellationToken) =>
        book.PayAsync(Invoice.Id, money, by, cancellationToken);
}
