using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace HubSpotSync.Tests.Portal.Users;

/// <summary>An authenticator app, as RFC 6238 describes it. It shares no code with what checks its codes.</summary>
internal static class Totp
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

    /// <param name="key">In base 32, with or without spaces.</param>
    /// <param name="steps">Half minutes from now.</param>
    public static string Code(string key, int steps = 0)
    {
        var counter = new byte[8];
        var seconds = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(); // Identity looks at the real clock
        BinaryPrimitives.WriteInt64BigEndian(counter, (seconds / 30) + steps);
#pragma warning disable CA5350 // the standard says SHA-1
        var hash = HMACSHA1.HashData(Decode(key.Replace(" ", "", StringComparison.Ordinal)), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xf)) & int.MaxValue;
        return (number % 1_000_000).ToString("D6", CultureInfo.InvariantCulture);
    }

    private static byte[] Decode(string text)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in text)
        {
            (bits, held) = ((bits << 5) | Alphabet.IndexOf(letter, StringComparison.Ordinal), held + 5);
            if (held >= 8)
            {
                held -= 8;
                bytes.Add((byte)(bits >> held));
                bits &= (1 << held) - 1;
            }
        }

        return [.. bytes];
    }
}
