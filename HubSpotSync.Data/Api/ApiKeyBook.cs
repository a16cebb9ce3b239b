using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Api;

/// <summary>A key that was found, and the workspace to enter before reading more of it.</summary>
public sealed record ApiKeyPlace(Guid WorkspaceId, Guid KeyId);

/// <summary>Makes keys, finds who holds one, and takes them back.</summary>
public sealed class ApiKeyBook(CrmDbContext db, TimeProvider clock)
{
    /// <summary>Begins every key, so that scanners of leaked secrets can tell what it is.</summary>
    public const string Prefix = "hsk_";
    private const int Length = 40;
    private const string Letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private static readonly TimeSpan UseIsNotedEvery = TimeSpan.FromMinutes(1);

    public Task<List<ApiKey>> ReadAsync(CancellationToken cancellationToken) => db.ApiKeys.AsNoTracking()
        .OrderBy(key => key.RevokedAt != null).ThenByDescending(key => key.CreatedAt)
        .ToListAsync(cancellationToken);

    /// <summary>Adds the key to the context; the caller saves it with its note in the audit log.</summary>
    /// <returns>The row, and the secret that nobody will see again.</returns>
    public (ApiKey Key, string Secret) Add(string name, IEnumerable<string> scopes, Guid? by)
    {
        // 238 bits: nobody finds one by trying, so a fast hash is enough.
        var secret = Prefix + RandomNumberGenerator.GetString(Letters, Length);
        var now = clock.GetUtcNow();
        var key = new ApiKey
        {
            Id = Guid.CreateVersion7(now),
            WorkspaceId = db.WorkspaceId,
            Name = name,
            Hint = secret[^4..],
            KeyHash = HashOf(secret),
            Scopes = [.. ApiScopes.All.Intersect(scopes)],
            CreatedBy = by,
            CreatedAt = now,
        };
        db.ApiKeys.Add(key);
        return (key, secret);
    }

    /// <summary>From outside of any workspace.</summary>
    public async Task<ApiKeyPlace?> FindAsync(string secret, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(secret);
        if (secret.Length != Prefix.Length + Length || !secret.StartsWith(Prefix, StringComparison.Ordinal))
        {
            return null;
        }

        var hash = HashOf(secret);
        var found = await db.Database.SqlQuery<ApiKeyPlace>(
            $"""
            select workspace_id as "WorkspaceId", key_id as "KeyId" from workspace_of_api_key({hash})
            """).ToListAsync(cancellationToken);
        return found.FirstOrDefault();
    }

    public Task NoteUseAsync(ApiKey key, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(key);
        var now = clock.GetUtcNow();
        return key.LastUsedAt > now - UseIsNotedEvery
            ? Task.CompletedTask
            : db.Database.ExecuteSqlAsync(
                $"update api_keys set last_used_at = {now} where id = {key.Id}", cancellationToken);
    }

    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));
}
