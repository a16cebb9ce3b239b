using System.Net.Mail;
using System.Text;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using HubSpotSync.Data.Identity;
using HubSpotSync.Portal.Words;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Billing.Mail;

/// <summary>An invitation as an e-mail. The link that lets somebody in is put into it when it leaves.</summary>
internal sealed class InvitationMail(
    CrmDbContext db, MailOutbox outbox, MailSecrets secrets, IOptions<MailOptions> options, TimeProvider clock)
{
    /// <summary>Without a relay the link is handed over by whoever made it.</summary>
    public bool IsPossible => options.Value.IsSet;

    /// <summary>Saved together with the invitation.</summary>
    public async Task WriteAsync(UserLink link, Uri url, string by, CancellationToken cancellationToken)
    {
        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancellationToken);
        var role = link.Role ?? WorkspaceRole.Viewer;
        var mail = new MailToSend(
            Guid.CreateVersion7(clock.GetUtcNow()),
            link.Email ?? "",
            OneLine($"{by} invites you to {workspace.Name}"),
            $"Hello,\n\n{OneLine(by)} invites you to {OneLine(workspace.Name)} as {role}. {RoleWords.Say(role)}\n\n"
            + $"Open this link to choose a name and a password:\n{MailSecrets.Mark}\n\n"
            + $"It lets one person in, once, until {RelativeTime.Exact(link.ExpiresAt, workspace.TimeZone)}. "
            + "If you did not expect this, you need not do anything.\n");
        outbox.Add(link, mail, url.AbsoluteUri);
    }

    /// <returns><c>null</c>: the invitation was used or taken back, or its time is up.</returns>
    public async Task<MailMessage?> ComposeAsync(OutgoingMail mail, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var isOpen = await db.UserLinks.AnyAsync(
            link => link.Id == mail.UserLinkId && link.UsedAt == null && link.RevokedAt == null && link.ExpiresAt > now,
            cancellationToken);
        if (!isOpen || secrets.Read(mail) is not { } url)
        {
            return null;
        }

        var workspace = await db.Workspaces.AsNoTracking().SingleAsync(cancellationToken);
        return MailMessages.Of(
            mail,
            new MailAddress(options.Value.From, OneLine(workspace.Name), Encoding.UTF8),
            mail.Body.Replace(MailSecrets.Mark, url, StringComparison.Ordinal));
    }

    // What ends a line would begin another header.
    private static string OneLine(string text) => string.Concat(text.Where(letter => !char.IsControl(letter)));
}
