using HubSpotSync.Data;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing;

/// <summary>Names of users by their ids.</summary>
internal sealed class PeopleNames(CrmDbContext db)
{
    public async Task<string?> OfAsync(Guid? id, CancellationToken cancellationToken) => id is null
        ? null
        : await db.Users.Where(user => user.Id == id)
            .Select(user => user.DisplayName)
            .FirstOrDefaultAsync(cancellationToken);

    /// <summary>Names of programs by the ids of their keys.</summary>
    public async Task<IReadOnlyDictionary<string, string>> OfKeysAsync(
        IEnumerable<string?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<string>().Distinct().Select(Guid.Parse).ToList();
        return wanted.Count == 0
            ? new Dictionary<string, string>()
            : await db.ApiKeys.Where(key => wanted.Contains(key.Id))
                .ToDictionaryAsync(key => key.Id.ToString(), key => $"{key.Name} (API)", cancellationToken);
    }

    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(
        IEnumerable<Guid?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<Guid>().Distinct().ToList();
        return await db.Users.Where(user => wanted.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
    }
}
