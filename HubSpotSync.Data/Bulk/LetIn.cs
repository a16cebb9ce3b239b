using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Bulk;

/// <summary>Contacts that wait and about whom it was decided meanwhile.</summary>
public sealed class LetIn(CrmDbContext db)
{
    /// <summary>The next of them, in the order of HubSpot's ids.</summary>
    public Task<List<long>> ReadAsync(Guid connectionId, long after, int limit, CancellationToken cancellationToken) =>
        db.Database.SqlQuery<long>(
            $"""
            select c.hubspot_id as "Value" from import_candidates c
              join import_decisions d on d.connection_id = c.connection_id and d.hubspot_id = c.hubspot_id
              where c.connection_id = {connectionId} and c.hubspot_id > {after}
              order by c.hubspot_id limit {limit}
            """).ToListAsync(cancellationToken);

    public async Task<int> CountAsync(Guid connectionId, CancellationToken cancellationToken) =>
        (await db.Database.SqlQuery<int>(
            $"""
            select count(*)::int as "Value" from import_candidates c
              join import_decisions d on d.connection_id = c.connection_id and d.hubspot_id = c.hubspot_id
              where c.connection_id = {connectionId}
            """).ToListAsync(cancellationToken))[0];
}
