using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace HubSpotSync.FakeHubSpot.OAuth;

/// <summary>
/// Proof that whoever redeems a code is who asked for it (RFC 7636). What is missing on one side only is refused.
/// </summary>
internal sealed record CodeChallenge(string Challenge, string Method)
{
    public const string Hashed = "S256";
    private const string Plain = "plain";

    public bool IsKnown => Method is Hashed or Plain;

    public static CodeChallenge? Read(string? challenge, string? method) =>
        string.IsNullOrEmpty(challenge)
            ? null
            : new CodeChallenge(challenge, string.IsNullOrEmpty(method) ? Plain : method);

    public static bool IsMet(CodeChallenge? challenge, string? verifier) =>
        challenge is null ? string.IsNullOrEmpty(verifier) : verifier is not null && challenge.IsMetBy(verifier);

    private bool IsMetBy(string verifier) => Method == Plain
        ? verifier == Challenge
        : Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(verifier))) == Challenge;
}
