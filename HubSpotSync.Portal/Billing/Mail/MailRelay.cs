using System.Net;
using System.Net.Mail;
using System.Net.Sockets;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Portal.Billing.Mail;

/// <summary>Hands mails to a relay by SMTP, and tells refusals from answers that never came.</summary>
internal sealed class MailRelay(IOptions<MailOptions> options) : IMailTransport
{
    /// <summary>Well below the lease of a mail: who gives up has given up before another one tries.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public bool KnowsWhatItTook => false;

    public async Task SendAsync(Guid id, MailMessage message, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        using var client = new SmtpClient(settings.Host, settings.Port)
        {
            EnableSsl = settings.UseTls,
            Credentials = settings.UserName is { Length: > 0 } name
                ? new NetworkCredential(name, settings.Password)
                : null,
        };
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Patience); // the client's own limit counts for calls that block only
        try
        {
            await client.SendMailAsync(message, limit.Token);
        }
        catch (SmtpException error) when (RefusalOf(error) is { } refusal)
        {
            throw refusal;
        }
    }

    // A status is the relay's own word that it did not take the mail. Without one it is sure only where the relay was
    // never reached: what broke later may have broken after the relay had taken it.
    private static MailRefusedException? RefusalOf(SmtpException error) => error.StatusCode switch
    {
        SmtpStatusCode.GeneralFailure when Causes(error).Any(cause => cause is SocketException
            {
                SocketErrorCode: SocketError.ConnectionRefused or SocketError.HostNotFound or SocketError.TryAgain
                    or SocketError.NoData or SocketError.HostUnreachable or SocketError.NetworkUnreachable,
            }) => new MailRefusedException("The mail server can't be reached.", isForGood: false, error),
        SmtpStatusCode.GeneralFailure => null,
        var status => new MailRefusedException(
            $"The mail server refused it with code {(int)status}.", IsForGood(error, status), error),
    };

    // A wrong password or a server that asks for TLS is put right by the operator; then the mail goes out by itself.
    private static bool IsForGood(SmtpException error, SmtpStatusCode status) =>
        (int)status >= 500
        && status is not (SmtpStatusCode.MustIssueStartTlsFirst or SmtpStatusCode.ClientNotPermitted)
        && error is SmtpFailedRecipientException;

    private static IEnumerable<Exception> Causes(Exception? error)
    {
        for (; error is not null; error = error.InnerException)
        {
            yield return error;
        }
    }
}
