using HubSpotSync.Core.Records;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Links;

/// <summary>
/// What a person decides about a pair: out of the sync, or in it again. The link stays, so that whoever takes the pair
/// back finds again what both sides last agreed on.
/// </summary>
public sealed class LinkDecisions(CrmDbContext db)
{
    /// <returns><c>false</c>: the two are not linked, or are apart already.</returns>
    public async Task<bool> SetApartAsync(
        Guid connectionId, RecordKind kind, long hubSpotId, Guid? decidedBy, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update record_links set set_apart_at = now(), set_apart_by = {decidedBy},
                detached_at = coalesce(detached_at, now()), detached_reason = 'SetApart'
              where connection_id = {connectionId} and kind = {kind.ToString()} and hubspot_id = {hubSpotId}
                and set_apart_at is null
            """,
            cancellationToken) > 0;

    /// <returns><c>false</c>: nobody had set them apart.</returns>
    public async Task<bool> TakeBackAsync(
        Guid connectionId, RecordKind kind, long hubSpotId, CancellationToken cancellationToken) =>
        await db.Database.ExecuteSqlAsync(
            $"""
            update record_links set set_apart_at = null, set_apart_by = null, detached_at = null, detached_reason = null
              where connection_id = {connectionId} and kind = {kind.ToString()} and hubspot_id = {hubSpotId}
                and set_apart_at is not null
            """,
            cancellationToken) > 0;
}
