using HubSpotSync.Core.Fields;
using Npgsql;

namespace HubSpotSync.Data.Bulk;

/// <summary>
/// The part of a page that asks a person: contacts that wait to be let in, and fields that both sides edited. What is
/// answered, or has answered itself, is asked no more.
/// </summary>
internal sealed class PageQuestions(NpgsqlConnection connection, Guid workspaceId, Guid connectionId, FieldMap map)
{
    public async Task WriteAsync(IReadOnlyList<PageRow> rows, CancellationToken cancellationToken)
    {
        if (rows.Any(row => row.Candidate is not null || row.WasCandidate))
        {
            await WriteCandidatesAsync(cancellationToken);
        }

        var asked = rows.Where(row => row.LocalId is not null
            && (row.HadOpenConflicts || row.Conflicts.Any(conflict => conflict.AsksPerson))).ToList();
        if (asked.Count > 0)
        {
            await WriteConflictsAsync(asked, cancellationToken);
        }
    }

    private async Task WriteCandidatesAsync(CancellationToken cancellationToken)
    {
        await using var command = connection.CommandOf(
            """
            with answered as (
              delete from import_candidates c using page_rows p
                where c.connection_id = $1 and c.hubspot_id = p.hubspot_id and p.candidate is null)
            insert into import_candidates as c (connection_id, hubspot_id, workspace_id, fields, match_ids, matched_by,
                reason)
              select $1, p.hubspot_id, $2, p.candidate, p.match_ids, p.matched_by, p.reason from page_rows p
                where p.candidate is not null
              on conflict (connection_id, hubspot_id) do update set fields = excluded.fields,
                  match_ids = excluded.match_ids, matched_by = excluded.matched_by, reason = excluded.reason,
                  seen_at = now()
                where (c.fields, c.match_ids, c.matched_by, c.reason)
                  is distinct from (excluded.fields, excluded.match_ids, excluded.matched_by, excluded.reason)
            """,
            connectionId, workspaceId);
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private async Task WriteConflictsAsync(List<PageRow> rows, CancellationToken cancellationToken)
    {
        var open = rows.SelectMany(row => row.Conflicts.Where(conflict => conflict.AsksPerson)
            .Select(conflict => (Row: row, Conflict: conflict))).ToList();
        await using var command = connection.CommandOf(
            """
            with open as (
              select * from unnest($4::uuid[], $5::bigint[], $6::text[], $7::text[], $8::text[])
                as o(local_id, hubspot_id, field, local_value, hubspot_value)),
            closed as (
              delete from open_conflicts c where c.connection_id = $1 and c.kind = $2 and c.local_id = any($9)
                and not exists (select 1 from open o where o.local_id = c.local_id and o.field = c.field))
            insert into open_conflicts as c (connection_id, kind, local_id, field, workspace_id, hubspot_id,
                local_value, hubspot_value)
              select $1, $2, local_id, field, $3, hubspot_id, local_value, hubspot_value from open
              on conflict (connection_id, kind, local_id, field) do update set hubspot_id = excluded.hubspot_id,
                  local_value = excluded.local_value, hubspot_value = excluded.hubspot_value, since = now()
                where (c.hubspot_id, c.local_value, c.hubspot_value)
                  is distinct from (excluded.hubspot_id, excluded.local_value, excluded.hubspot_value)
            """,
            connectionId,
            map.Kind.ToString(),
            workspaceId,
            open.Select(one => one.Row.LocalId).ToArray(),
            open.Select(one => one.Row.HubSpotId).ToArray(),
            open.Select(one => map.Fields[one.Conflict.Field].Name).ToArray(),
            open.Select(one => one.Conflict.LocalValue).ToArray(),
            open.Select(one => one.Conflict.HubSpotValue).ToArray(),
            rows.Select(row => row.LocalId).ToArray());
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
