using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace HubSpotSync.Data.Identity;

/// <summary>
/// Codes that sign one user in for a short while, for demos and tests. They say when they end by the injected clock.
/// </summary>
public sealed class SignInLinks(IDataProtectionProvider protection, TimeProvider clock)
{
    private readonly IDataProtector _protector = protection.CreateProtector("SignInLink");

    public string Create(Guid userId, TimeSpan validFor)
    {
        var ends = (clock.GetUtcNow() + validFor).ToUnixTimeMilliseconds();
        return _protector.Protect(string.Create(CultureInfo.InvariantCulture, $"{userId:N}.{ends}"));
    }

    /// <returns>The user, or <c>null</c> where the code was changed, is not ours or has ended.</returns>
    public Guid? Read(string code)
    {
        try
        {
            var parts = _protector.Unprotect(code).Split('.');
            return parts is [var id, var ends]
                && clock.GetUtcNow().ToUnixTimeMilliseconds() < long.Parse(ends, CultureInfo.InvariantCulture)
                    ? Guid.ParseExact(id, "N")
                    : null;
        }
        catch (Exception error) when (error is CryptographicException or FormatException)
        {
            return null;
        }
    }
}
