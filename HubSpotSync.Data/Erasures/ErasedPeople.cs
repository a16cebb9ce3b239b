using System.Security.Cryptography;
using System.Text;
using HubSpotSync.Core.Fields;
using HubSpotSync.Data.Protection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HubSpotSync.Data.Erasures;

/// <summary>
/// Who was erased, known by nothing but a hash of the address under a key that is not in the database.
/// </summary>
public sealed class ErasedPeople(CrmDbContext db, IOptions<KeyRingOptions> keyRing)
{
    private bool? _any;

    /// <summary>Of these addresses, those that nobody may bring back.</summary>
    public async Task<IReadOnlySet<string>> AmongAsync(
        IReadOnlyCollection<string> emails, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(emails);
        if (emails.Count == 0)
        {
            return new HashSet<string>();
        }

        _any ??= (await db.Database.SqlQuery<bool>($"""select exists (select 1 from erased_people) as "Value" """)
            .ToListAsync(cancellationToken))[0];
        if (_any == false)
        {
            return new HashSet<string>();
        }

        var byHash = emails.Distinct().ToDictionary(email => Convert.ToHexString(HashOf(email)));
        var hashes = byHash.Keys.Select(Convert.FromHexString).ToArray();
        var erased = await db.Database
            .SqlQuery<byte[]>($"""select email_hash as "Value" from erased_people where email_hash = any({hashes})""")
            .ToListAsync(cancellationToken);
        return erased.Select(hash => byHash[Convert.ToHexString(hash)]).ToHashSet(StringComparer.Ordinal);
    }

    /// <param name="email">Normalised or not.</param>
    public byte[] HashOf(string email)
    {
        var key = HKDF.DeriveKey(
            HashAlgorithmName.SHA256,
            Encoding.UTF8.GetBytes(keyRing.Value.Secret),
            32,
            info: "HubSpotSync.ErasedPeople"u8.ToArray());
        var normal = FieldValue.Normalize(FieldType.Email, email) ?? "";
        return HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{db.WorkspaceId:N} {normal}"));
    }
}
