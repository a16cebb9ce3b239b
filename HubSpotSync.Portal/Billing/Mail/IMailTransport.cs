using System.Net.Mail;

namespace HubSpotSync.Portal.Billing.Mail;

internal interface IMailTransport
{
    /// <summary>Whether the same mail may be given again without anybody getting it twice.</summary>
    bool KnowsWhatItTook { get; }

    /// <exception cref="MailRefusedException">It was surely not sent.</exception>
    Task SendAsync(Guid id, MailMessage message, CancellationToken cancellationToken);
}

/// <summary>The mail was surely not sent. Every other exception leaves that open.</summary>
internal sealed class MailRefusedException(string reason, bool isForGood, Exception? inner = null)
    : Exception(reason, inner)
{
    /// <summary>Trying again would end the same.</summary>
    public bool IsForGood => isForGood;
}
