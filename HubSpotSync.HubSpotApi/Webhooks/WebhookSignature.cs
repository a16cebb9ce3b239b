using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HubSpotSync.HubSpotApi.Webhooks;

/// <summary>
/// Whether a call comes from HubSpot: version 3 of its signatures, an HMAC over method, address, body and time with the
/// app's client secret. The older versions, which do not cover the time, are not taken.
/// </summary>
public static class WebhookSignature
{
    public const string Header = "X-HubSpot-Signature-v3";
    public const string TimestampHeader = "X-HubSpot-Request-Timestamp";

    /// <summary>HubSpot's own limit; it makes a new signature for every attempt.</summary>
    public static TimeSpan OldestAccepted { get; } = TimeSpan.FromMinutes(5);

    /// <summary>The escapes that HubSpot undoes in the address before it signs; all others stay as they are.</summary>
    private static readonly (string Escaped, string Plain)[] Undone =
    [
        ("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"),
        ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*"), ("%2C", ","), ("%3B", ";"),
    ];

    /// <param name="uri">The whole address as HubSpot called it, that is, the public one.</param>
    /// <param name="timestamp">The header's text: milliseconds since 1970.</param>
    public static bool IsValid(
        string secret,
        string method,
        string uri,
        ReadOnlySpan<byte> body,
        string? signature,
        string? timestamp,
        DateTimeOffset now)
    {
        if (secret.Length == 0 || string.IsNullOrEmpty(signature)
            || !long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds)
            || milliseconds.ToString(CultureInfo.InvariantCulture) != timestamp
            || Math.Abs(now.ToUnixTimeMilliseconds() - milliseconds) > OldestAccepted.TotalMilliseconds)
        {
            return false;
        }

        byte[] signed =
            [.. Encoding.UTF8.GetBytes(method + Decode(uri)), .. body, .. Encoding.UTF8.GetBytes(timestamp)];
        var wanted = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed);
        Span<byte> given = stackalloc byte[HMACSHA256.HashSizeInBytes];
        return Convert.TryFromBase64String(signature, given, out var length)
            && length == given.Length
            && CryptographicOperations.FixedTimeEquals(wanted, given);
    }

    private static string Decode(string uri) => Undone.Aggregate(
        uri, (text, pair) => text.Replace(pair.Escaped, pair.Plain, StringComparison.OrdinalIgnoreCase));
}
