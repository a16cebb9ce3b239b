using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

/// <summary>Candidates as the worker leaves them.</summary>
internal static class ReviewRows
{
    public static Task AddCandidateAsync(
        this PortalHost portal, Guid connection, long id, string first, string email, params Guid[] matches) =>
        portal.Database.ExecuteAsync(
            $$"""
            insert into import_candidates (connection_id, hubspot_id, workspace_id, fields, match_ids, matched_by,
                reason)
              select id, {{id}}, workspace_id,
                  '{"first_name": "{{first}}", "last_name": "Waits", "email": "{{email}}"}',
                  array[{{string.Join(", ", matches.Select(match => $"'{match}'"))}}]::uuid[],
                  {{(matches.Length == 0 ? "null" : "'Email'")}}, 'WaitsForReview'
                from hubspot_connections where id = '{{connection}}'
            """);

    public static Task<string> ChoicesAsync(this PortalHost portal) => portal.Database.ScalarAsync<string>(
        """
        select string_agg(hubspot_id || ' ' || coalesce(choice, '-'), ', ' order by hubspot_id) from import_candidates
        """);
}
