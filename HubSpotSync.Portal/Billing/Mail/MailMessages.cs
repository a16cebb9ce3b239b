using System.Net.Mail;
using System.Net.Mime;
using System.Text;
using HubSpotSync.Data.Billing;

namespace HubSpotSync.Portal.Billing.Mail;

internal static class MailMessages
{
    /// <summary>A message to whom the mail is for, with an id that is the same however often it is tried.</summary>
    public static MailMessage Of(OutgoingMail mail, MailAddress from, string body)
    {
        var message = new MailMessage
        {
            From = from,
            Subject = mail.Subject,
            SubjectEncoding = Encoding.UTF8,
            Body = body,
            BodyEncoding = Encoding.UTF8,
            BodyTransferEncoding = TransferEncoding.QuotedPrintable,
        };
        message.To.Add(new MailAddress(mail.Recipient ?? "")); // one without a recipient is not waiting
        message.Headers.Add("Message-ID", $"<{mail.Id:N}@{from.Host}>");
        return message;
    }
}
