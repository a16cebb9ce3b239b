using HubSpotSync.Data.Identity;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Billing;

/// <summary>Puts e-mails where the sender finds them, in the transaction of what they tell of.</summary>
public sealed class MailOutbox(CrmDbContext db, MailSecrets secrets, TimeProvider clock)
{
    public Task<bool> HasAsync(Guid mailId, CancellationToken cancellationToken) =>
        db.OutgoingMails.AnyAsync(mail => mail.Id == mailId, cancellationToken);

    public void Add(Paper paper, MailToSend mail, Guid? by)
    {
        ArgumentNullException.ThrowIfNull(paper);
        ArgumentNullException.ThrowIfNull(mail);
        db.OutgoingMails.Add(new OutgoingMail
        {
            Id = mail.Id,
            WorkspaceId = paper.WorkspaceId,
            InvoiceId = (paper as Invoice)?.Id,
            ProposalId = (paper as Proposal)?.Id,
            Recipient = mail.Recipient,
            Subject = Numbered(mail.Subject, paper),
            Body = Numbered(mail.Body, paper),
            CreatedBy = by,
            CreatedAt = clock.GetUtcNow(),
        });
    }

    /// <param name="secret">What <see cref="MailSecrets.Mark"/> stands for in the body.</param>
    public void Add(UserLink link, MailToSend mail, string secret)
    {
        ArgumentNullException.ThrowIfNull(link);
        ArgumentNullException.ThrowIfNull(mail);
        db.OutgoingMails.Add(new OutgoingMail
        {
            Id = mail.Id,
            WorkspaceId = link.WorkspaceId,
            UserLinkId = link.Id,
            Secret = secrets.Protect(link.WorkspaceId, mail.Id, secret),
            Recipient = mail.Recipient,
            Subject = mail.Subject,
            Body = mail.Body,
            CreatedBy = link.CreatedBy,
            CreatedAt = clock.GetUtcNow(),
        });
    }

    private static string Numbered(string text, Paper paper) =>
        text.Replace(MailToSend.NumberMark, paper.Number, StringComparison.OrdinalIgnoreCase);
}
