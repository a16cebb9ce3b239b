using System.Security.Cryptography;
using System.Text;

namespace HubSpotSync.Portal.Setup;

/// <summary>Proves that who creates the owner account can read this installation's console.</summary>
internal sealed class SetupCode(IConfiguration configuration)
{
    public string Value { get; } = configuration["Setup:Code"] is { Length: > 0 } configured
        ? configured
        : RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 24);

    /// <summary>
    /// A demo makes the owner itself, a moment later; until then nobody shall be sent to do it by hand.
    /// </summary>
    public bool IsAnnounced { get; } = !configuration.GetValue("SignIn:AllowLinks", false);

    public bool Matches(string? code) =>
        code is not null
        && CryptographicOperations.FixedTimeEquals(
            SHA256.HashData(Encoding.UTF8.GetBytes(code)), SHA256.HashData(Encoding.UTF8.GetBytes(Value)));
}
