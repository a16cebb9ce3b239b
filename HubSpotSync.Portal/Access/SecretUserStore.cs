using System.Security.Cryptography;
using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace HubSpotSync.Portal.Access;

/// <summary>
/// Identity's store, which keeps the keys of authenticator apps and recovery codes as they are; here they are
/// encrypted, each for its user. Who reads the database alone can't sign in with them.
/// </summary>
internal sealed class SecretUserStore(CrmDbContext db, IDataProtectionProvider protection)
    : UserOnlyStore<User, CrmDbContext, Guid>(db)
{
    public override Task SetTokenAsync(
        User user, string loginProvider, string name, string? value, CancellationToken cancellationToken) =>
        base.SetTokenAsync(
            user, loginProvider, name, value is null ? null : ProtectorOf(user).Protect(value), cancellationToken);

    public override async Task<string?> GetTokenAsync(
        User user, string loginProvider, string name, CancellationToken cancellationToken)
    {
        var secret = await base.GetTokenAsync(user, loginProvider, name, cancellationToken);
        try
        {
            return secret is null ? null : ProtectorOf(user).Unprotect(secret);
        }
        catch (CryptographicException)
        {
            return null; // its key is lost: as if there were none, and no code is accepted
        }
    }

    private IDataProtector ProtectorOf(User user) =>
        protection.CreateProtector("Users.Secrets", user.WorkspaceId.ToString(), user.Id.ToString());
}
