using System.Net.Mail;
using HubSpotSync.Core.Scheduling;
using HubSpotSync.Data;
using HubSpotSync.Data.Billing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Billing.Mail;

internal sealed record ClaimedMail(Guid WorkspaceId, Guid MailId);

/// <summary>
/// Sends one mail of the outbox. That it is given to the mail server is noted before, and the answer after: where the
/// note stands without an answer, the mail may have left, and is not sent again by itself.
/// </summary>
internal sealed partial class MailSender(
    CrmDbContext db,
    PaperMail papers,
    InvitationMail invitations,
    IMailTransport transport,
    IOptions<MailOptions> options,
    ILogger<MailSender> logger)
{
    public static readonly TimeSpan Lease = MailRelay.Patience * 3;
    private static readonly TimeSpan FirstWait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(4);

    /// <summary>What due mail is next; from outside of any workspace.</summary>
    public async Task<ClaimedMail?> ClaimAsync(string owner, CancellationToken cancellationToken)
    {
        var claimed = await db.Database.SqlQuery<ClaimedMail>(
            $"""
            select workspace_id as "WorkspaceId", mail_id as "MailId" from claim_outgoing_mail({owner}, {Lease})
            """).ToListAsync(cancellationToken);
        return claimed.FirstOrDefault();
    }

    public async Task SendAsync(Guid mailId, string owner, CancellationToken cancellationToken)
    {
        var mail = await db.OutgoingMails.AsNoTracking().SingleAsync(row => row.Id == mailId, cancellationToken);
        if (mail.HandedAt is not null && !transport.KnowsWhatItTook)
        {
            await SettleAsync(mail, owner, MailState.Unknown, "No answer came after it was given to the mail server.");
            return;
        }

        if (mail.Attempts > options.Value.Attempts || !MailAddress.TryCreate(mail.Recipient, out _))
        {
            await SettleAsync(mail, owner, MailState.Failed, mail.LastError ?? "It could not be made.");
            return;
        }

        using var message = mail.UserLinkId is null
            ? await papers.ComposeAsync(mail, cancellationToken)
            : await invitations.ComposeAsync(mail, cancellationToken);
        if (message is null)
        {
            await SettleAsync(mail, owner, MailState.Failed, "The invitation was used, taken back, or has ended.");
            return;
        }

        var noted = await db.Database.ExecuteSqlAsync(
            $"""
            update outgoing_mails set handed_at = clock_timestamp()
              where id = {mail.Id} and state = 'Waiting' and lease_owner = {owner}
            """,
            cancellationToken);
        if (noted == 1) // or another one has taken it over
        {
            await HandOverAsync(mail, owner, message, cancellationToken);
        }
    }

    private async Task HandOverAsync(
        OutgoingMail mail, string owner, MailMessage message, CancellationToken cancellationToken)
    {
        try
        {
            await transport.SendAsync(mail.Id, message, cancellationToken);
        }
        catch (MailRefusedException refused)
        {
            Log.Refused(logger, mail.Id, mail.Attempts, refused.InnerException?.GetType().Name ?? "");
            await RefusedAsync(mail, owner, refused);
            return;
        }
        catch (Exception error) when (!transport.KnowsWhatItTook
            && error is (SmtpException or OperationCanceledException))
        {
            Log.Unknown(logger, mail.Id, error.GetType().Name);
            await SettleAsync(mail, owner, MailState.Unknown, "The connection to the mail server broke.");
            return;
        }

        await SettleAsync(mail, owner, MailState.Sent, null);
        Log.Sent(logger, mail.Id, mail.Attempts);
    }

    private Task RefusedAsync(OutgoingMail mail, string owner, MailRefusedException refused)
    {
        if (refused.IsForGood || mail.Attempts >= options.Value.Attempts)
        {
            return SettleAsync(mail, owner, MailState.Failed, refused.Message);
        }

        var wait = Backoff.Delay(mail.Attempts - 1, FirstWait, LongestWait, Random.Shared.NextDouble());
        return WriteAsync(token => db.Database.ExecuteSqlAsync(
            $"""
            update outgoing_mails set handed_at = null, lease_owner = null, lease_until = null,
                due_at = clock_timestamp() + {wait}, last_error = {refused.Message}
              where id = {mail.Id} and lease_owner = {owner}
            """,
            token));
    }

    private Task SettleAsync(OutgoingMail mail, string owner, MailState state, string? error)
    {
        var name = state.ToString();
        return WriteAsync(token => db.Database.ExecuteSqlAsync(
            $"""
            update outgoing_mails set state = {name}, lease_owner = null, lease_until = null, last_error = {error},
                sent_at = case when {name} = 'Sent' then clock_timestamp() end, secret = null
              where id = {mail.Id} and lease_owner = {owner}
            """,
            token));
    }

    // What became of a mail is written down even while the portal stops.
    private static async Task WriteAsync(Func<CancellationToken, Task> write)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        await write(limit.Token);
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Information, "Mail {Mail} was given to the mail server, try {Attempt}")]
        public static partial void Sent(ILogger logger, Guid mail, int attempt);

        [LoggerMessage(LogLevel.Warning, "Mail {Mail} was refused, try {Attempt} ({Error})")]
        public static partial void Refused(ILogger logger, Guid mail, int attempt, string error);

        [LoggerMessage(LogLevel.Warning, "Nobody knows whether mail {Mail} left ({Error})")]
        public static partial void Unknown(ILogger logger, Guid mail, string error);
    }
}
