using HubSpotSync.Data;
using HubSpotSync.Data.Identity;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Portal.Billing;

/// <summary>Papers are dated, due and overdue by the workspace's own calendar.</summary>
internal sealed class WorkspaceToday(CrmDbContext db, TimeProvider clock)
{
    private Workspace? _workspace;

    public async Task<Workspace> WorkspaceAsync(CancellationToken cancellationToken) =>
        _workspace ??= await db.Workspaces.AsNoTracking().SingleAsync(cancellationToken);

    public async Task<DateOnly> ReadAsync(CancellationToken cancellationToken) =>
        DateOnly.FromDateTime((await BeginAsync(cancellationToken)).DateTime);

    /// <summary>When the day began, by the workspace's clock.</summary>
    public async Task<DateTimeOffset> BeginAsync(CancellationToken cancellationToken)
    {
        var id = (await WorkspaceAsync(cancellationToken)).TimeZone;
        var zone = TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) ? found : TimeZoneInfo.Utc;
        var midnight = TimeZoneInfo.ConvertTime(clock.GetUtcNow(), zone).Date;
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight));
    }
}
