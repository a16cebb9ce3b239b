using HubSpotSync.Core.Planning;
using HubSpotSync.Data.Journal;
using HubSpotSync.Tests.Portal.Hosting;

namespace HubSpotSync.Tests.Portal.Admin;

/// <summary>What looks leave behind, put there by SQL.</summary>
internal static class SyncRows
{
    public static Task AddOutcomeAsync(
        this PortalHost portal, OutcomeState state, OutcomeReason reason, long? hubSpotId, Guid? localId,
        string? detail = null) =>
        portal.Database.ExecuteAsync(
            $"""
            insert into record_outcomes (connection_id, kind, record_key, workspace_id, local_id, hubspot_id, state,
                reason, detail, at)
              select id, 'Contact', '{(hubSpotId is null ? $"l{localId}" : $"h{hubSpotId}")}', workspace_id,
                  {(localId is null ? "null" : $"'{localId}'")}, {(hubSpotId is null ? "null" : $"{hubSpotId}")},
                  '{state}', '{reason}', {(detail is null ? "null" : $"'{detail}'")}, now() - interval '5 minutes'
                from hubspot_connections
            """);

    public static Task AddChangesAsync(
        this PortalHost portal, Guid localId, int count, Guid? run = null, string side = "Local") =>
        portal.Database.ExecuteAsync(
            $$"""
            insert into record_changes (workspace_id, connection_id, run_id, kind, local_id, hubspot_id, side, action,
                fields, cause, at)
              select workspace_id, id, {{(run is null ? "null::uuid" : $"'{run}'")}}, 'Contact', '{{localId}}', 501,
                  '{{side}}', 'Update', jsonb_build_object('city', jsonb_build_array('Old ' || n, 'New ' || n)),
                  'HubSpot''s value is newer or the only one', now() - (100 - n) * interval '1 minute'
                from hubspot_connections, generate_series(1, {{count}}) n
            """);
}
