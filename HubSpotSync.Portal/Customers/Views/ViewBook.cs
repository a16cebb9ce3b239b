using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Views;

/// <summary>Lists as people want to see them again: their own, and those that others share.</summary>
internal sealed class ViewBook(CrmDbContext db, TimeProvider clock)
{
    public Task<List<SavedView>> OfAsync(Guid? userId, CancellationToken cancellationToken) =>
        db.SavedViews.AsNoTracking()
            .Where(view => view.UserId == userId || view.IsShared)
            .OrderBy(view => view.Name)
            .Take(50)
            .ToListAsync(cancellationToken);

    /// <summary>Saving under a name again replaces what it showed.</summary>
    /// <returns><c>false</c>: this is no name.</returns>
    public async Task<bool> SaveAsync(
        Guid userId, string? name, string? query, bool isShared, CancellationToken cancellationToken)
    {
        if (name?.Trim() is not { Length: > 0 and <= SavedView.LongestName } fit)
        {
            return false;
        }

        var shown = CustomerQuery.Parse(query).First().QueryString();
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into saved_views (id, workspace_id, user_id, name, query, is_shared, created_at)
              values ({Guid.NewGuid()}, {db.WorkspaceId}, {userId}, {fit}, {shown}, {isShared}, {clock.GetUtcNow()})
              on conflict on constraint saved_views_name_key do update
                set query = excluded.query, is_shared = excluded.is_shared
            """,
            cancellationToken);
        return true;
    }

    /// <summary>Only one's own.</summary>
    public Task DeleteAsync(Guid userId, Guid viewId, CancellationToken cancellationToken) =>
        db.SavedViews.Where(view => view.Id == viewId && view.UserId == userId).ExecuteDeleteAsync(cancellationToken);
}
