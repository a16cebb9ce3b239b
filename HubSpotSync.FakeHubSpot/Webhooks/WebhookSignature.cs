using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace HubSpotSync.FakeHubSpot.Webhooks;

/// <summary>HubSpot's request signatures. The client secret is the key of all of them.</summary>
public static class WebhookSignature
{
    /// <summary>The only escapes that are undone before a version 3 signature; all others stay as they are.</summary>
    private static readonly (string Escaped, string Plain)[] Undone =
    [
        ("%3A", ":"), ("%2F", "/"), ("%3F", "?"), ("%40", "@"), ("%21", "!"), ("%24", "$"),
        ("%27", "'"), ("%28", "("), ("%29", ")"), ("%2A", "*"), ("%2C", ","), ("%3B", ";"),
    ];

    /// <summary>Lower-case hex of secret and body; sent with CRM webhooks beside version 3.</summary>
    public static string V1(string secret, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(secret), .. body]));

    /// <summary>Lower-case hex over method and address as well; for workflow and card calls.</summary>
    public static string V2(string secret, string method, string uri, ReadOnlySpan<byte> body) =>
        Convert.ToHexStringLower(SHA256.HashData([.. Encoding.UTF8.GetBytes(secret + method + uri), .. body]));

    /// <summary>Base64 of an HMAC over method, address, body and the time in milliseconds.</summary>
    public static string V3(string secret, string method, string uri, ReadOnlySpan<byte> body, long milliseconds)
    {
        byte[] text =
        [
            .. Encoding.UTF8.GetBytes(method + Decode(uri)),
            .. body,
            .. Encoding.UTF8.GetBytes(milliseconds.ToString(CultureInfo.InvariantCulture)),
        ];
        return Convert.ToBase64String(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), text));
    }

    private static string Decode(string uri) => Undone.Aggregate(
        uri, (text, pair) => text.Replace(pair.Escaped, pair.Plain, StringComparison.OrdinalIgnoreCase));
}
