using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace HubSpotSync.Data.Billing;

/// <summary>
/// What a mail says only when it leaves, such as a link that lets somebody in. Until then it is kept encrypted; mail
/// and workspace are part of the purpose, so what was copied to another row can't be read there.
/// </summary>
public sealed class MailSecrets(IDataProtectionProvider protection)
{
    /// <summary>Stands for it in the text.</summary>
    public const string Mark = "{link}";

    public string Protect(Guid workspaceId, Guid mailId, string secret) =>
        ProtectorOf(workspaceId, mailId).Protect(secret);

    /// <returns><c>null</c>: gone, changed, moved, or written with a lost key.</returns>
    public string? Read(OutgoingMail mail)
    {
        ArgumentNullException.ThrowIfNull(mail);
        try
        {
            return mail.Secret is null ? null : ProtectorOf(mail.WorkspaceId, mail.Id).Unprotect(mail.Secret);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private IDataProtector ProtectorOf(Guid workspaceId, Guid mailId) =>
        protection.CreateProtector("Mail.Secrets", workspaceId.ToString(), mailId.ToString());
}
