using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Connections;

/// <summary>
/// Keeps what a person allowed in another account until they have said which of the two it shall be: encrypted, for
/// minutes, for that person in that browser, for one answer. The connection that is in use is not touched by it.
/// </summary>
public sealed class PendingGrants(CrmDbContext db, IDataProtectionProvider protection, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    /// <summary>The latest consent of a person is the one that counts.</summary>
    /// <returns>What their browser has to bring back.</returns>
    public async Task<string> KeepAsync(Guid replaces, NewConnection made, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(made);
        var now = clock.GetUtcNow();
        var (id, nonce) = (Guid.CreateVersion7(now), RandomNumberGenerator.GetHexString(32, lowercase: true));
        await db.PendingGrants
            .Where(one => one.UserId == made.ConnectedBy || one.ExpiresAt <= now)
            .ExecuteDeleteAsync(cancellationToken);
        db.PendingGrants.Add(new PendingGrant
        {
            Id = id,
            WorkspaceId = db.WorkspaceId,
            UserId = made.ConnectedBy,
            Replaces = replaces,
            NonceHash = HashOf(nonce),
            Sealed = ProtectorOf(db.WorkspaceId, made.ConnectedBy, id).Protect(JsonSerializer.Serialize(made)),
            CreatedAt = now,
            ExpiresAt = now + Lifetime,
        });
        await db.SaveChangesAsync(cancellationToken);
        return nonce;
    }

    /// <summary>Also one that is too old, so that this can be said.</summary>
    public Task<PendingGrant?> FindAsync(string nonce, CancellationToken cancellationToken)
    {
        var hash = HashOf(nonce);
        return db.PendingGrants.AsNoTracking().FirstOrDefaultAsync(one => one.NonceHash == hash, cancellationToken);
    }

    /// <returns><c>null</c> where it was changed, moved, or written with a lost key.</returns>
    public NewConnection? Open(PendingGrant grant)
    {
        ArgumentNullException.ThrowIfNull(grant);
        try
        {
            var protector = ProtectorOf(grant.WorkspaceId, grant.UserId, grant.Id);
            var made = JsonSerializer.Deserialize<NewConnection>(protector.Unprotect(grant.Sealed));
            var age = clock.GetUtcNow() - grant.CreatedAt;
            return made is null ? null : made with { ExpiresIn = made.ExpiresIn - age };
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <returns>Whether it was still there: of two who take it at once one does.</returns>
    public async Task<bool> TakeAsync(Guid id, CancellationToken cancellationToken) =>
        await db.PendingGrants.Where(one => one.Id == id).ExecuteDeleteAsync(cancellationToken) == 1;

    private static byte[] HashOf(string nonce) => SHA256.HashData(Encoding.UTF8.GetBytes(nonce));

    private IDataProtector ProtectorOf(Guid workspaceId, Guid userId, Guid id) => protection.CreateProtector(
        "HubSpot.PendingGrant", workspaceId.ToString(), userId.ToString(), id.ToString());
}
