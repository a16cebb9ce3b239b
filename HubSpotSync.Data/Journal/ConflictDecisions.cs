using HubSpotSync.Core.Merging;
using HubSpotSync.Core.Records;
using Microsoft.EntityFrameworkCore;

namespace HubSpotSync.Data.Journal;

/// <summary>
/// What a person decides about a field that both sides edited. The losing side's value becomes what both last agreed
/// on, so that the next look sees an edit of the winning side alone and carries it over like any other.
/// </summary>
public sealed class ConflictDecisions(CrmDbContext db)
{
    /// <returns><c>false</c>: nobody has to decide about this field any more.</returns>
    public async Task<bool> DecideAsync(
        ConflictChoice choice, ConflictWinner winner, Guid? decidedBy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(choice);
        var kind = choice.Kind.ToString();
        var isLocal = winner == ConflictWinner.Local;
        var decided = await db.Database.ExecuteSqlAsync(
            $"""
            with decided as (
              delete from open_conflicts o
                where o.connection_id = {choice.ConnectionId} and o.kind = {kind} and o.local_id = {choice.LocalId}
                  and o.field = {choice.Field}
                returning o.*, case when {isLocal} then o.hubspot_value else o.local_value end as losing),
            kept as (
              insert into field_conflicts (workspace_id, connection_id, kind, local_id, hubspot_id, field, local_value,
                  hubspot_value, rule, winner)
                select workspace_id, connection_id, kind, local_id, hubspot_id, field, local_value, hubspot_value,
                    'AskPerson', {winner.ToString()} from decided),
            moved as (
              update record_links l set ancestor = case when d.losing is null then l.ancestor - d.field
                  else l.ancestor || jsonb_build_object(d.field, d.losing) end
                from decided d where l.connection_id = d.connection_id and l.kind = d.kind and l.local_id = d.local_id
                returning l.hubspot_id)
            insert into sync_requests as q (connection_id, kind, record_key, workspace_id, local_id, hubspot_id,
                asked_by)
              select {choice.ConnectionId}, {kind}, 'h' || hubspot_id, {db.WorkspaceId}, {choice.LocalId}, hubspot_id,
                  {decidedBy}
                from moved
              on conflict (connection_id, kind, record_key) do update set version = q.version + 1,
                local_id = excluded.local_id, due_at = clock_timestamp(), attempts = 0, parked_at = null,
                asked_by = excluded.asked_by
            """,
            cancellationToken) > 0;
        await db.Database.ExecuteSqlAsync($"select pg_notify('sync_requests', '')", cancellationToken);
        return decided;
    }
}

/// <summary>A field that waits for a person.</summary>
public sealed record ConflictChoice(Guid ConnectionId, RecordKind Kind, Guid LocalId, string Field);
