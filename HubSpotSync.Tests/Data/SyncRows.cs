using HubSpotSync.Tests.Infrastructure;

namespace HubSpotSync.Tests.Data;

/// <summary>Connections and runs, written past the product.</summary>
internal static class SyncRows
{
    private static int _lastHub = 5000;

    public static Task<Guid> AddConnectionAsync(TestDatabase database, Guid workspaceId) => database.ScalarAsync<Guid>(
        $"""
        insert into hubspot_connections (id, workspace_id, hub_id, account_name, ui_domain, mode, state)
          values (gen_random_uuid(), '{workspaceId}', {Interlocked.Increment(ref _lastHub)},
            'Acme', 'app.hubspot.com', 'TwoWay', 'Connected')
          returning id
        """);

    public static Task<Guid> AddRunAsync(TestDatabase database, Guid workspaceId, Guid connectionId) =>
        database.ScalarAsync<Guid>(
            $"""
            insert into sync_runs (id, workspace_id, connection_id, trigger, state, due_at)
              values (gen_random_uuid(), '{workspaceId}', '{connectionId}',
                'Manual', 'Waiting', now() - interval '1 second')
              returning id
            """);
}
