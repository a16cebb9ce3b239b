using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing.Forms;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Pages.Invoices.Proposals;

internal sealed class SendProposalModel(CrmDbContext db, ProposalBook book, SendServices services)
    : SendModel(services)
{
    public override string What => "proposal";

    public override string Back => $"/invoices/proposals/{Paper.Id}";

    protected override string PublicPath => "/proposal";

    protected override async Task<Paper?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await db.Proposals.AsNoTracking().FirstOrDefaultAsync(row => row.Id == id, cancellationToken);

    protected override Task<Booking> SendAsync(MailToSend? mail, Guid by, CancellationToken cancellationToken) =>
        IsDraft || mail is null
            ? book.SendAsync(Paper.Id, Input.Version, mail, by, cancellationToken)
            : book.MailAgainAsync(Paper.Id, mail, by, cancellationToken);
}
