using HubSpotSync.Core.Records;
using HubSpotSync.Data;
using HubSpotSync.Data.Crm;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Customers.Views;

/// <param name="Query">The part of the list's address after the question mark.</param>
internal sealed record ViewWish(string? Name, string? Query, bool IsShared);

/// <summary>Lists as people want to see them again: their own, and those that others share.</summary>
internal sealed class ViewBook(CrmDbContext db, TimeProvider clock)
{
    public Task<List<SavedView>> OfAsync(RecordKind kind, Guid? userId, CancellationToken cancellationToken)
    {
        var list = NameOf(kind);
        return db.SavedViews.AsNoTracking()
            .Where(view => view.List == list && (view.UserId == userId || view.IsShared))
            .OrderBy(view => view.Name)
            .Take(50)
            .ToListAsync(cancellationToken);
    }

    /// <summary>Saving under a name again replaces what it showed.</summary>
    /// <returns><c>false</c>: this is no name.</returns>
    public async Task<bool> SaveAsync(
        RecordKind kind, Guid userId, ViewWish wish, CancellationToken cancellationToken)
    {
        if (wish.Name?.Trim() is not { Length: > 0 and <= SavedView.LongestName } fit)
        {
            return false;
        }

        var shown = RecordLists.FirstOf(kind, wish.Query);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into saved_views (id, workspace_id, user_id, list, name, query, is_shared, created_at)
              values ({Guid.NewGuid()}, {db.WorkspaceId}, {userId}, {NameOf(kind)}, {fit}, {shown}, {wish.IsShared},
                {clock.GetUtcNow()})
              on conflict on constraint saved_views_name_key do update
                set query = excluded.query, is_shared = excluded.is_shared
            """,
            cancellationToken);
        return true;
    }

    /// <summary>Only one's own.</summary>
    public Task DeleteAsync(Guid userId, Guid viewId, CancellationToken cancellationToken) =>
        db.SavedViews.Where(view => view.Id == viewId && view.UserId == userId).ExecuteDeleteAsync(cancellationToken);

    private static string NameOf(RecordKind kind) => kind == RecordKind.Contact ? "customers" : "companies";
}
