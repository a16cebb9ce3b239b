using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices;

internal sealed class SendInvoiceModel(CrmDbContext db, InvoiceBook book, SendServices services) : SendModel(services)
{
    public override string What => "invoice";

    public override string Back => $"/invoices/{Paper.Id}";

    protected override string PublicPath => "/invoice";

    protected override async Task<Paper?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Invoices.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    protected override Task<Booking> SendAsync(MailToSend? mail, Guid by, CancellationToken cancellationToken) =>
        IsDraft || mail is null
            ? book.SendAsync(Paper.Id, Input.Version, mail, by, cancellationToken)
            : book.MailAgainAsync(Paper.Id, mail, by, cancellationToken);
}
