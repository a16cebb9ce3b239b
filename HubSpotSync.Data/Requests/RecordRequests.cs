using HubSpotSync.Core.Records;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Requests;

/// <summary>Asks for looks at single records, on behalf of a person who waits.</summary>
public sealed class RecordRequests(CrmDbContext db)
{
    /// <summary>Both sides are read anew, with what the record is associated with.</summary>
    public Task AskAsync(
        Guid connectionId, RecordKind kind, RecordKey record, Guid? askedBy, CancellationToken cancellationToken) =>
        db.Database.ExecuteSqlAsync(
            $"""
            with asked as (
              insert into sync_requests as q (connection_id, kind, record_key, workspace_id, local_id, hubspot_id,
                  from_hubspot, asked_by)
                values ({connectionId}, {kind.ToString()}, {record.ToString()}, {db.WorkspaceId}, {record.LocalId},
                  {record.HubSpotId}, {record.HubSpotId is not null}, {askedBy})
                on conflict (connection_id, kind, record_key) do update set version = q.version + 1,
                  from_hubspot = q.from_hubspot or excluded.from_hubspot, due_at = clock_timestamp(), attempts = 0,
                  last_error = null, parked_at = null, asked_by = excluded.asked_by)
            select pg_notify('sync_requests', '')
            """,
            cancellationToken);
}
