using System.Net.Mail;
using System.Text;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Portal.Billing.Pdf;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Billing.Mail;

/// <summary>Makes the message of a mail in the outbox, with its paper attached as it stands.</summary>
internal sealed class PaperMail(CrmDbContext db, IOptions<MailOptions> options, TimeProvider clock)
{
    public async Task<MailMessage> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var paper = await ViewAsync(mail, cancellationToken);
        var from = new MailAddress(options.Value.From, paper.Seller.Name, Encoding.UTF8);
        var message = MailMessages.Of(mail, from, mail.Body);
        if (paper.Seller.Email is { Length: > 0 } reply && MailAddress.TryCreate(reply, out var address))
        {
            message.ReplyToList.Add(address);
        }

        var pdf = new MemoryStream(PaperPdf.Write(paper, clock.GetUtcNow()));
        message.Attachments.Add(new Attachment(pdf, PaperPdf.FileName(paper), PaperPdf.ContentType));
        return message;
    }

    private async Task<PaperView> ViewAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancellationToken);
        return mail.InvoiceId is { } invoice
            ? PaperViews.Of(
                await db.Invoices.AsNoTracking().Include(row => row.Lines)
                    .SingleAsync(row => row.Id == invoice, cancellationToken),
                workspace)
            : PaperViews.Of(
                await db.Proposals.AsNoTracking().Include(row => row.Lines)
                    .SingleAsync(row => row.Id == mail.ProposalId, cancellationToken),
                workspace);
    }
}
