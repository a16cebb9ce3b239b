using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HubSpotSync.Portal.OutgoingWebhooks;

/// <summary>Signs as the Standard Webhooks specification says, so that its libraries verify it.</summary>
internal static class WebhookSignature
{
    public const string IdHeader = "webhook-id";
    public const string TimestampHeader = "webhook-timestamp";
    public const string SignatureHeader = "webhook-signature";

    /// <summary>One signature a key, so that the receiver may know the old secret or the new one.</summary>
    public static string Of(IEnumerable<byte[]> keys, Guid id, DateTimeOffset at, byte[] body)
    {
        var signed = Encoding.UTF8.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{id}.{at.ToUnixTimeSeconds()}."));
        byte[] content = [.. signed, .. body];
        return string.Join(
            ' ', keys.Select(key => $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, content))}"));
    }
}
