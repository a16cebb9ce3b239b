using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace HubSpotSync.Data.Connections;

/// <summary>
/// Encrypts HubSpot's tokens at rest. The workspace and the connection are part of the key's purpose, so a token that
/// was copied to another row can't be read there.
/// </summary>
public sealed class TokenVault(IDataProtectionProvider protection)
{
    public string Protect(HubSpotConnection connection, string token) => ProtectorOf(connection).Protect(token);

    /// <exception cref="CryptographicException">The text was changed, moved, or written with a lost key.</exception>
    public string Unprotect(HubSpotConnection connection, string protectedToken) =>
        ProtectorOf(connection).Unprotect(protectedToken);

    private IDataProtector ProtectorOf(HubSpotConnection connection) =>
        protection.CreateProtector("HubSpot.Tokens", connection.WorkspaceId.ToString(), connection.Id.ToString());
}
