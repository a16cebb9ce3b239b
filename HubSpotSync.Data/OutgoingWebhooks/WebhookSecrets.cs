using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace HubSpotSync.Data.OutgoingWebhooks;

/// <summary>
/// What deliveries are signed with. It has to be known again for each, so it is encrypted and not hashed; webhook and
/// workspace are part of the purpose, so a secret that was copied to another row can't be read there.
/// </summary>
public sealed class WebhookSecrets(IDataProtectionProvider protection)
{
    private const string Prefix = "whsec_";
    private const int Bytes = 32;

    /// <summary>As the receiver is given it.</summary>
    public static string Create() => Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    public string Protect(Guid workspaceId, Guid webhookId, string secret) =>
        ProtectorOf(workspaceId, webhookId).Protect(secret);

    /// <returns>The bytes to sign with.</returns>
    public byte[] KeyOf(OutgoingWebhook webhook, string protectedSecret)
    {
        ArgumentNullException.ThrowIfNull(webhook);
        var secret = ProtectorOf(webhook.WorkspaceId, webhook.Id).Unprotect(protectedSecret);
        return Convert.FromBase64String(secret[Prefix.Length..]);
    }

    private IDataProtector ProtectorOf(Guid workspaceId, Guid webhookId) =>
        protection.CreateProtector("Webhooks.Secrets", workspaceId.ToString(), webhookId.ToString());
}
