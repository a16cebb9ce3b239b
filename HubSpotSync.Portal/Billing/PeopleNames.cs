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

    public async Task<IReadOnlyDictionary<Guid, string>> OfAsync(
        IEnumerable<Guid?> ids, CancellationToken cancellationToken)
    {
        var wanted = ids.OfType<Guid>().Distinct().ToList();
        return await db.Users.Where(user => wanted.Contains(user.Id))
            .ToDictionaryAsync(user => user.Id, user => user.DisplayName, cancellationToken);
    }
}
